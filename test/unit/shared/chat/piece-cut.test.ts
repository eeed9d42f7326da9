import { describe, expect, it } from 'vitest';
import { countUpTo, cutText } from '../../../../src/shared/chat/piece-cut.ts';

describe('cutting at an entry', () => {
  it('counts the entries up to it, those that come twice too', () => {
    expect([0, 1, 2, 3, 9].map((seq) => countUpTo([1, 3, 3, 8], seq))).toEqual([0, 1, 1, 3, 4]);
    expect(countUpTo([], 4)).toBe(0);
  });

  it('leaves the pieces up to it, and the text itself when that is all of them', () => {
    const text = { pieces: ['a', 'b', 'c'], seqs: [1, 3, 3] };
    expect(cutText(text, 2)).toEqual({ pieces: ['a'], seqs: [1] });
    expect(cutText(text, 3)).toBe(text);
  });
});
