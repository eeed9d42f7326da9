import { expect, it } from 'vitest';
import { differenceText, keysIn, lagText } from '../../../../../src/renderer/views/diff/diff-words.ts';

it.each([
  [0, '±0'],
  [0.04, '±0'],
  [-1500, '−1.5 s'],
  [12, '+12 ms'],
])('a lag of %d ms is %s', (ms, text) => {
  expect(lagText(ms)).toBe(text);
});

it('reads keys between commas and blanks', () => {
  expect(keysIn(' id, created\tsystem_fingerprint,, ')).toEqual(['id', 'created', 'system_fingerprint']);
});

it('counts differences', () => {
  expect([0, 1, 12].map(differenceText)).toEqual([
    'The JSON values are equal',
    '1 difference in the JSON',
    '12 differences in the JSON',
  ]);
});
