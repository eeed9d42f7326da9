import { expect, it } from 'vitest';
import { createMask, maskEntry } from '../../../../src/shared/session/mask-secrets.ts';
import type { JournalEntry } from '../../../../src/shared/session/entry.ts';
import { attemptStart } from '../../../support/attempt-entries.ts';

it('takes a secret out wherever it stands, as it is, in an address and in JSON', () => {
  const mask = createMask(['p"ss word', 'tok']);
  expect(mask('a p"ss word b')).toBe('a (hidden: 9 characters) b');
  expect(mask('?x=p%22ss%20word&tok')).toBe('?x=(hidden: 9 characters)&tok');
  expect(mask('{"x":"p\\"ss word"}')).toBe('{"x":"(hidden: 9 characters)"}');
});

it('takes out the longer of two secrets that overlap', () => {
  expect(createMask(['abcd', 'abcdefgh'])('abcdefgh abcd')).toBe(
    '(hidden: 8 characters) (hidden: 4 characters)',
  );
});

it('masks every text of an entry and leaves numbers and its kind', () => {
  const entry: JournalEntry = {
    ...attemptStart(1),
    url: 'http://h/secret-1',
    headers: [['X-Key', 'v secret-1']],
    body: '{"k":"secret-1"}',
  };
  const masked = maskEntry(entry, createMask(['secret-1', 'attempt-start']));
  expect(JSON.stringify(masked)).not.toContain('secret-1');
  expect(masked.kind).toBe('attempt-start');
  expect(masked).toMatchObject({ attempt: 1, headers: [['X-Key', 'v (hidden: 8 characters)']] });
});
