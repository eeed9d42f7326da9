import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../../../../src/renderer/views/timeline/hover.ts';
import { laneAt, layoutOf } from '../../../../../src/renderer/views/timeline/layout.ts';
import { rateOf } from '../../../../../src/renderer/views/timeline/rate.ts';
import { paint, type DrawCall, type Picture } from '../../../../../src/renderer/views/timeline/painter.ts';

const NOTHING = { bands: [], ends: [] };

function sliceOf(lanes: Readonly<Record<string, readonly number[]>>, buckets = 100) {
  return {
    fromMs: 0,
    toMs: buckets * 10,
    buckets,
    lanes: Object.entries(lanes).map(([name, counts]) => {
      const all = new Uint32Array(buckets);
      all.set(counts);
      return { name, isEventType: true, counts: all };
    }),
    bytes: new Float64Array(buckets),
    sessionEndMs: buckets * 10,
  };
}

function picture(overrides: Partial<Picture> = {}): Picture {
  const slice = overrides.slice === undefined ? sliceOf({ goal: [1, 0, 4] }) : overrides.slice;
  return {
    scale: { fromMs: 0, toMs: 1000, width: 100 },
    layout: layoutOf(100, 400, slice?.lanes.length ?? 0),
    slice,
    connection: NOTHING,
    silences: [],
    endMs: 1000,
    selectedMs: null,
    range: null,
    pointerX: null,
    rate: slice && rateOf(slice, { fromMs: 0, toMs: 1000, width: 100 }),
    ...overrides,
  };
}

const rectsOf = (calls: readonly DrawCall[], color: string): number[] =>
  calls.flatMap((call) => (call.kind === 'rects' && call.color === color ? [...call.rects] : []));

describe('what the timeline draws', () => {
  it('is a bar a bucket that has events, higher for more', () => {
    const bars = rectsOf(paint(picture()), 'tint-7');
    expect(bars).toHaveLength(8);
    const [, , , one, , , , four] = bars;
    expect(four).toBeGreaterThan(one ?? 0);
  });

  it('costs buckets and not events', () => {
    const few = sliceOf({ a: new Array<number>(100).fill(1) });
    const many = sliceOf({ a: new Array<number>(100).fill(4_000_000) });
    const size = (slice: ReturnType<typeof sliceOf>): number =>
      paint(picture({ slice })).reduce((sum, call) => sum + ('rects' in call ? call.rects.length : 1), 0);
    expect(size(many)).toBe(size(few));
  });

  it('stays inside its lanes', () => {
    const slice = sliceOf({ goal: [1, 500, 3], message: [9] });
    const shown = picture({ slice });
    const bars = [...rectsOf(paint(shown), 'tint-7'), ...rectsOf(paint(shown), 'tint-4')];
    expect(bars).toHaveLength(16);
    for (let at = 0; at < bars.length; at += 4) {
      const y = bars[at + 1] ?? 0;
      expect(laneAt(y, shown.layout)).toBe(laneAt(y + (bars[at + 3] ?? 0) - 0.01, shown.layout));
    }
  });

  it('has no bars and no rate without a slice', () => {
    const calls = paint(picture({ slice: null }));
    expect(calls.some((call) => call.kind === 'area')).toBe(false);
  });

  it('shows the selection and the range where they are', () => {
    const calls = paint(picture({ selectedMs: 500, range: { fromMs: 200, toMs: 400 } }));
    const accent = rectsOf(calls, 'accent');
    expect(accent).toContain(20);
    expect(accent.slice(0, 4)).toEqual([20, 0, 20, 400]);
    expect(accent.slice(-4)[0]).toBe(49.5);
  });

  it('hatches waits, so that they differ in more than colour', () => {
    const wait = { kind: 'waiting', attempt: 1, fromMs: 100, toMs: 300, seq: 3, title: 'why' } as const;
    const calls = paint(picture({ connection: { bands: [wait], ends: [] } }));
    expect(calls.some((call) => call.kind === 'hatch' && call.color === 'warn')).toBe(true);
  });
});

describe('the rate', () => {
  it('is events a second over columns of a few pixels', () => {
    const rate = rateOf(sliceOf({ a: [1, 1, 1, 1, 1, 1, 3], b: [3] }), { fromMs: 0, toMs: 1000, width: 100 });
    expect(rate.starts.slice(0, 3)).toEqual([0, 60, 120]);
    expect(rate.perSecond.slice(0, 3)).toEqual([150, 50, 0]);
    expect(rate.most).toBe(150);
  });

  it('keeps its columns while the view moves', () => {
    const slice = { ...sliceOf({ a: [1] }), fromMs: -250, toMs: 750 };
    const moved = { ...sliceOf({ a: [1] }), fromMs: -230, toMs: 770 };
    const scale = { fromMs: 0, toMs: 1000, width: 100 };
    expect(rateOf(slice, scale).starts.slice(1, 4)).toEqual([-180, -120, -60]);
    expect(rateOf(moved, scale).starts).toContain(-180);
  });
});

describe('what stands under the pointer', () => {
  const shown = picture({
    slice: sliceOf({ goal: [1, 0, 4], ping: [0] }),
    connection: {
      bands: [{ kind: 'open', attempt: 1, fromMs: 0, toMs: 900, seq: 1, title: 'Attempt 1: 200 OK' }],
      ends: [{ atMs: 900, seq: 7, bad: false, title: 'The server ended the stream' }],
    },
  });
  const at = (x: number, y: number) =>
    hoverAt(x, y, shown.scale, shown.layout, shown.slice, shown.connection);

  it('is a time, everywhere', () => {
    expect(at(50, 5)).toEqual({ ms: 500, lane: null, seq: null, text: '' });
  });

  it('is a lane with the events near by', () => {
    const { layout } = shown;
    expect(at(2, layout.lanesTop + 2).text).toBe('goal: 5');
    expect(at(60, layout.lanesTop + layout.laneHeight + 2).text).toBe('ping');
  });

  it('is the connection, or how it ended', () => {
    expect(at(20, shown.layout.bandTop + 3)).toMatchObject({ seq: 1, text: 'Attempt 1: 200 OK' });
    expect(at(92, shown.layout.bandTop + 3)).toMatchObject({ seq: 7, text: 'The server ended the stream' });
  });
});
