import { expect, it } from 'vitest';
import fc from 'fast-check';
import { increasingIndexes } from '../../../../src/shared/diff/increasing.ts';

it('finds a longest rising subsequence', () => {
  expect(increasingIndexes([])).toEqual([]);
  expect(increasingIndexes([3, 1, 2, 0, 4]).map((at) => [3, 1, 2, 0, 4][at])).toEqual([1, 2, 4]);
});

it('rises strictly and is as long as the quadratic way says', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 25 }), (values) => {
      const found = increasingIndexes(values).map((at) => values[at] as number);
      for (let at = 1; at < found.length; at += 1) expect(found[at]).toBeGreaterThan(found[at - 1] as number);
      const best = values.map(() => 1);
      values.forEach((value, at) => {
        for (let before = 0; before < at; before += 1)
          if ((values[before] as number) < value)
            best[at] = Math.max(best[at] as number, (best[before] as number) + 1);
      });
      expect(found.length).toBe(Math.max(0, ...best));
    }),
  );
});
