import { describe, expect, it } from 'vitest';
import {
  createSliceSource,
  MIN_INTERVAL_MS,
} from '../../../../../src/renderer/views/timeline/slice-source.ts';
import type { TimelineRequest, TimelineSlice } from '../../../../../src/shared/session/timeline-slice.ts';

const request = (fromMs: number): TimelineRequest => ({ fromMs, toMs: fromMs + 10, buckets: 10 });

function setup() {
  let now = 0;
  const timers: { at: number; callback: () => void }[] = [];
  const asked: number[] = [];
  const shown: number[] = [];
  const errors: unknown[] = [];
  let answer: (slice: TimelineSlice) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const source = createSliceSource({
    ask: ({ fromMs }) => {
      asked.push(fromMs);
      return new Promise((resolve, reject) => {
        answer = resolve;
        fail = reject;
      });
    },
    onSlice: (slice) => shown.push(slice.fromMs),
    onError: (error) => errors.push(error),
    now: () => now,
    later(callback, ms) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    source,
    asked,
    shown,
    errors,
    timers,
    async answer(fromMs: number) {
      answer({ ...request(fromMs), lanes: [], bytes: new Float64Array(10), sessionEndMs: 0 });
      await settled();
    },
    async fail() {
      fail(new Error('gone'));
      await settled();
    },
    pass(ms: number) {
      now += ms;
      for (const timer of timers.filter(({ at }) => at <= now)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.callback();
      }
    },
  };
}

describe('slices of a timeline', () => {
  it('are asked for one at a time, the latest wish next', async () => {
    const { source, asked, shown, answer, pass } = setup();
    source.want(request(1));
    source.want(request(2));
    source.want(request(3));
    expect(asked).toEqual([1]);
    pass(MIN_INTERVAL_MS);
    await answer(1);
    // After an answer that took long main has as long to itself.
    expect(asked).toEqual([1]);
    pass(MIN_INTERVAL_MS);
    expect(asked).toEqual([1, 3]);
    await answer(3);
    expect(shown).toEqual([1, 3]);
  });

  it('are asked for ten times a second at most', async () => {
    const { source, asked, answer, pass } = setup();
    source.want(request(1));
    await answer(1);
    source.want(request(2));
    source.want(request(3));
    expect(asked).toEqual([1]);
    pass(MIN_INTERVAL_MS - 1);
    expect(asked).toEqual([1]);
    pass(1);
    expect(asked).toEqual([1, 3]);
  });

  it('go on after a failure, which is told', async () => {
    const { source, asked, errors, fail, pass } = setup();
    source.want(request(1));
    await fail();
    expect(errors).toHaveLength(1);
    pass(MIN_INTERVAL_MS);
    source.want(request(2));
    expect(asked).toEqual([1, 2]);
  });

  it('are told to nobody afterwards', async () => {
    const { source, shown, answer, timers } = setup();
    source.want(request(1));
    source.dispose();
    await answer(1);
    source.want(request(2));
    expect(shown).toEqual([]);
    expect(timers).toEqual([]);
  });
});
