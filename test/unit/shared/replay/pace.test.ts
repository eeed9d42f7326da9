import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace } from '../../../../src/shared/replay/pace.ts';

const pace = (speed: number | 'instant' | 'step', maxGapMs: number | null = null, startMs = 0) =>
  createPace({ speed, maxGapMs, startMs });

describe('the pace of a replay', () => {
  it('counts from its start, by its factor', () => {
    const twice = pace(2, null, 1000);
    expect([1000, 1100, 1500].map(twice.due)).toEqual([0, 50, 250]);
  });

  it('is the original one step by step, and nothing when instant', () => {
    expect([100, 250].map(pace('step').due)).toEqual([100, 250]);
    expect([100, 250].map(pace('instant').due)).toEqual([0, 0]);
  });

  it('shortens silences, as they are played', () => {
    const short = pace(0.5, 100);
    expect([10, 1010, 1020].map(short.due)).toEqual([20, 120, 140]);
  });

  it('comes later after a stall, and catches up with what was only late', () => {
    const stalled = pace(1);
    stalled.due(100);
    stalled.shift(1000);
    expect(stalled.due(150)).toBe(1150);
    const slow = pace(1);
    slow.due(100);
    slow.notBefore(400);
    expect([150, 500].map(slow.due)).toEqual([400, 500]);
  });

  it('goes on without a gap from another place', () => {
    const looped = pace(1);
    looped.due(500);
    looped.rebase(0);
    expect(looped.due(30)).toBe(530);
  });

  it('does not add up what rounding loses, and never runs backwards', () => {
    const slow = pace(3);
    let last = 0;
    for (let at = 0; at <= 300_000; at += 1) last = slow.due(at);
    expect(last).toBeCloseTo(100_000, 3);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (times) => {
        const any = pace(1);
        const due = times.map(any.due);
        expect(due).toEqual([...due].sort((a, b) => a - b));
      }),
    );
  });
});
