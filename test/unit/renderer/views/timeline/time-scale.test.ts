import { describe, expect, it } from 'vitest';
import {
  bucketsFor,
  fit,
  follow,
  keepNear,
  msOf,
  panBy,
  ticksOf,
  xOf,
  zoomAt,
} from '../../../../../src/renderer/views/timeline/time-scale.ts';

const scale = (fromMs: number, toMs: number, width = 1000) => ({ fromMs, toMs, width });
const session = { fromMs: 0, toMs: 60_000 };

describe('time and pixels', () => {
  it('turn into each other', () => {
    const at = scale(5000, 15_000);
    expect(xOf(10_000, at)).toBe(500);
    expect(msOf(500, at)).toBe(10_000);
    for (const x of [0, 1, 333.3, 1000]) expect(xOf(msOf(x, at), at)).toBeCloseTo(x, 9);
  });

  it('keep the time under the pointer where it is while zooming', () => {
    const before = scale(10_000, 20_000);
    for (const factor of [1.25, 4, 0.5]) {
      const after = { ...zoomAt(before, 300, factor, session), width: 1000 };
      expect(xOf(13_000, after)).toBeCloseTo(300, 6);
      expect(after.toMs - after.fromMs).toBeCloseTo(10_000 / factor, 6);
    }
  });

  it('do not zoom beyond what there is to see', () => {
    const closest = zoomAt(scale(10_000, 10_002), 500, 1e9, session);
    expect(closest.toMs - closest.fromMs).toBe(1);
    const furthest = zoomAt(scale(0, 60_000), 500, 1e-9, session);
    expect(furthest.toMs - furthest.fromMs).toBe(120_000);
  });

  it('pan by pixels, and never away from the session', () => {
    expect(panBy(scale(10_000, 20_000), 100, session)).toEqual({ fromMs: 11_000, toMs: 21_000 });
    const lost = panBy(scale(10_000, 20_000), 1e9, session);
    expect(lost.fromMs).toBe(55_000);
    expect(keepNear({ fromMs: -1e9, toMs: -1e9 + 10_000 }, session)).toEqual({ fromMs: -5000, toMs: 5000 });
  });

  it('show all of a session, and of one that has just begun', () => {
    const all = fit(session);
    expect(all.fromMs).toBeLessThan(0);
    expect(all.toMs).toBeGreaterThan(60_000);
    expect(fit({ fromMs: 0, toMs: 0 }).toMs).toBeGreaterThan(50);
  });

  it('follow the end with the length they had', () => {
    const end = follow({ fromMs: 3, toMs: 10_003 }, session);
    expect(end.toMs - end.fromMs).toBe(10_000);
    expect(end.toMs).toBeGreaterThan(60_000);
    expect(follow({ fromMs: 0, toMs: 10_000 }, { fromMs: 0, toMs: 500 }).fromMs).toBe(0);
  });
});

describe('buckets', () => {
  it('cover the view, are at least a pixel wide, and no more than main gives', () => {
    for (const [from, to, width] of [
      [0, 60_000, 1000],
      [-500, 7777, 1164],
      [1e7, 1e7 + 3, 640],
      [0, 1e9, 4000],
    ] as const) {
      const asked = bucketsFor(scale(from, to, width));
      expect(asked.fromMs).toBeLessThanOrEqual(from);
      expect(asked.toMs).toBeGreaterThanOrEqual(to);
      expect(asked.buckets).toBeLessThanOrEqual(Math.min(4096, width + 2));
      const bucketMs = (asked.toMs - asked.fromMs) / asked.buckets;
      expect((bucketMs / (to - from)) * width).toBeGreaterThanOrEqual(0.999);
    }
  });

  it('lie on the same grid while the view moves', () => {
    const one = bucketsFor(scale(1000, 11_000));
    const other = bucketsFor(scale(1003.3, 11_003.3));
    const bucketMs = (one.toMs - one.fromMs) / one.buckets;
    expect((other.fromMs - one.fromMs) / bucketMs).toBeCloseTo(
      Math.round((other.fromMs - one.fromMs) / bucketMs),
      6,
    );
  });
});

describe('ticks', () => {
  it('stand at round times, far enough apart', () => {
    const at = scale(0, 60_000);
    const ticks = ticksOf(at);
    expect(ticks.map((tick) => tick.label)).toEqual(['0', '0:10', '0:20', '0:30', '0:40', '0:50', '1:00']);
    for (let index = 1; index < ticks.length; index += 1)
      expect(xOf(ticks[index]?.ms ?? 0, at) - xOf(ticks[index - 1]?.ms ?? 0, at)).toBeGreaterThanOrEqual(90);
  });

  it('are as exact as they are close', () => {
    expect(
      ticksOf(scale(61_000, 61_400))
        .map((tick) => tick.label)
        .slice(0, 3),
    ).toEqual(['1:01.00', '1:01.05', '1:01.10']);
    expect(ticksOf(scale(1000, 1040))[1]?.label).toBe('0:01.005');
    expect(ticksOf(scale(1000, 1002))[1]?.label).toBe('0:01.0002');
  });

  it('do not stand before the session begins', () => {
    expect(ticksOf(scale(-5000, 5000))[0]).toEqual({ ms: 0, label: '0' });
  });

  it('go on for hours and days', () => {
    expect(ticksOf(scale(0, 36_000_000)).at(-1)?.label).toBe('10:00:00');
    expect(ticksOf(scale(0, 30 * 86_400_000)).length).toBeLessThan(15);
  });
});
