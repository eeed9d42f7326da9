import { expect, it } from 'vitest';
import { counted, listed, quoted, timeWords } from '../../../../src/shared/checks/words.ts';

it.each([
  [0.25, '0.3 ms'],
  [12.4, '12 ms'],
  [1234, '1.23 s'],
  [90_000, '1.5 min'],
])('%d ms is %s', (ms, text) => expect(timeWords(ms)).toBe(text));

it('counts, lists and quotes', () => {
  expect([counted(1, 'event'), counted(1200, 'event')]).toEqual(['1 event', '1,200 events']);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a, b or c']);
  expect(quoted('a\n b')).toBe('“a b”');
});

it('cuts long quotes between characters', () => expect(quoted('ab\u{1f600}cd', 4)).toBe('“ab…”'));
