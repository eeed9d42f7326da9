import { expect, it } from 'vitest';
import fc from 'fast-check';
import { sequenceMatch } from '../../../../src/shared/diff/sequence-match.ts';

const numbers = fc
  .array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 })
  .map((all) => Float64Array.from(all));

it('matches equal members only, and never crosses', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      let last = -1;
      sequenceMatch(a, b).forEach((at, index) => {
        if (at < 0) return;
        expect(b[at]).toBe(a[index]);
        expect(at).toBeGreaterThan(last);
        last = at;
      });
    }),
  );
});

it('matches all of a sequence with itself, and all that is left when members are taken out', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { maxLength: 40 }), fc.func(fc.boolean()), (all, keeps) => {
      const kept = all.filter((member) => keeps(member));
      const match = sequenceMatch(Float64Array.from(all), Float64Array.from(kept));
      expect([...match].filter((at) => at >= 0)).toEqual(kept.map((_, at) => at));
    }),
  );
});

it('does not match members that are no number', () => {
  expect([...sequenceMatch(Float64Array.of(NaN, 1), Float64Array.of(NaN, 1))]).toEqual([-1, 0 + 1]);
});

it('leaves a long stretch without unique members unmatched instead of working for ever', () => {
  const a = Float64Array.from({ length: 6000 }, (_, at) => at % 2);
  const b = Float64Array.from({ length: 6000 }, (_, at) => (at % 3 === 0 ? 1 : 0) + (at === 0 ? 1 : 0));
  expect(sequenceMatch(a, b).length).toBe(6000);
});
