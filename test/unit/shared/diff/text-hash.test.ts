import { expect, it } from 'vitest';
import { textHash } from '../../../../src/shared/diff/text-hash.ts';

it('is a whole number of at most 53 bits, the same for the same text', () => {
  for (const text of ['', 'a', 'Zoë', '😀'.repeat(1000)]) {
    const hash = textHash(text);
    expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
    expect(textHash(text)).toBe(hash);
  }
});

it('tells near texts apart, and texts by their seed', () => {
  const hashes = new Set<number>();
  for (let at = 0; at < 100_000; at += 1) hashes.add(textHash(`{"n":${at}}`));
  expect(hashes.size).toBe(100_000);
  expect(textHash('a', textHash('x'))).not.toBe(textHash('a', textHash('y')));
});
