import { describe, expect, it } from 'vitest';
import { textRanges, viewStretch } from '../../../../src/shared/ipc/parse-search.ts';

describe('arguments of finding', () => {
  it('are bounded', () => {
    expect(viewStretch({ viewId: 'v', from: 3, to: 4 })).toEqual({ viewId: 'v', from: 3, to: 4 });
    expect(() => viewStretch({ viewId: 'v', from: 4, to: 3 })).toThrow(/behind/);
    expect(() => viewStretch({ viewId: 'v', from: 0, to: 1e6 })).toThrow(/at most/);
    expect(textRanges({ query: 'a', texts: ['b'] })).toEqual({ query: 'a', texts: ['b'] });
    expect(() => textRanges({ query: 'a', texts: 'b' })).toThrow(/texts/);
    expect(() => textRanges({ query: 'a', texts: [1] })).toThrow(/texts/);
    expect(() => textRanges({ query: 'a', texts: Array.from({ length: 3000 }, () => '') })).toThrow(
      /at most/,
    );
  });
});
