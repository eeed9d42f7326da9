import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRising } from '../../../../src/shared/base/longest-rising.ts';

/** By trying everything. */
function longestLength(values: readonly number[], strict: boolean): number {
  const best = values.map(() => 1);
  values.forEach((value, at) => {
    if (!Number.isFinite(value)) best[at] = 0;
    for (let before = 0; before < at; before += 1) {
      const other = values[before] as number;
      if (strict ? other < value : other <= value)
        best[at] = Math.max(best[at] ?? 0, (best[before] ?? 0) + 1);
    }
  });
  return Math.max(0, ...best);
}

describe('the longest rising part of a list', () => {
  it.each([true, false])('is as long as can be, and rises (strictly: %s)', (strict) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (values) => {
        const kept = longestRising(values, strict);
        expect(kept).toHaveLength(longestLength(values, strict));
        kept.forEach((place, index) => {
          const before = kept[index - 1];
          if (before === undefined) return;
          expect(before).toBeLessThan(place);
          const [one, other] = [values[before] as number, values[place] as number];
          expect(strict ? one < other : one <= other).toBe(true);
        });
      }),
    );
  });

  it('leaves out what is no number', () => {
    expect(longestRising([1, NaN, 2, Infinity, 3], true)).toEqual([0, 2, 4]);
    expect(longestRising([NaN], false)).toEqual([]);
  });
});
