import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNumberRanges } from '../../../../src/shared/session/number-ranges.ts';

it('holds what a plain set holds, in as few ranges as there can be', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 })), (numbers) => {
      const ranges = createNumberRanges(1000);
      for (const number of numbers) ranges.add(number);
      const plain = new Set(numbers);
      for (let number = -1; number <= 41; number += 1) expect(ranges.has(number)).toBe(plain.has(number));
      ranges.ranges.forEach(([from, to], at) => {
        expect(from).toBeLessThanOrEqual(to);
        const before = ranges.ranges[at - 1];
        if (before) expect(from).toBeGreaterThan(before[1] + 1);
      });
      expect(ranges.highest).toBe(Math.max(-Infinity, ...numbers));
    }),
  );
});

it('takes over another set', () => {
  const [one, two] = [createNumberRanges(10), createNumberRanges(10)];
  for (const number of [1, 2, 9]) one.add(number);
  for (const number of [3, 4, 8, 20]) two.add(number);
  one.addAll(two);
  expect(one.ranges).toEqual([
    [1, 4],
    [8, 9],
    [20, 20],
  ]);
});

it('forgets the lowest when there are too many, and says so', () => {
  const ranges = createNumberRanges(2);
  for (const number of [1, 5, 9]) ranges.add(number);
  expect(ranges.ranges).toEqual([
    [5, 5],
    [9, 9],
  ]);
  expect(ranges.forgot).toBe(true);
});
