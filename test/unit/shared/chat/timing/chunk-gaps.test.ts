import { describe, expect, it } from 'vitest';
import { chunkGaps } from '../../../../../src/shared/chat/timing/chunk-gaps.ts';
import { timedAnswer } from '../../../../support/timed-answer.ts';

const gapsAt = (...times: readonly number[]) =>
  chunkGaps(timedAnswer(times.map((atMs) => [atMs, { content: 'x' }])).timing);

describe('gaps between chunks', () => {
  it('are ranked, and the longest is named by the chunk after it', () => {
    const gaps = gapsAt(...Array.from({ length: 100 }, (_, at) => at * 10), 1490);
    expect(gaps).toMatchObject({ p50: 10, p95: 10, p99: 10, max: 500, maxSeq: 110, stalls: [] });
    expect(gapsAt(0, 1, 3, 6, 10)).toMatchObject({ p50: 2, p95: 4, p99: 4, max: 4 });
  });

  it('are counted in steps of 1, 2 and 5 from the shortest to the longest', () => {
    const gaps = gapsAt(0, 0, 0.5, 1.5, 4, 15, 2015);
    expect(gaps?.histogram.map(({ fromMs, toMs, count, seq }) => [fromMs, toMs, count, seq])).toEqual([
      [0, 1, 2, 12],
      [1, 2, 1, 13],
      [2, 5, 1, 14],
      [5, 10, 0, null],
      [10, 20, 1, 15],
      [20, 50, 0, null],
      [50, 100, 0, null],
      [100, 200, 0, null],
      [200, 500, 0, null],
      [500, 1000, 0, null],
      [1000, 2000, 0, null],
      [2000, 5000, 1, 16],
    ]);
  });

  it('are stalls above a second', () => {
    const gaps = gapsAt(0, 10, 20, 1020, 2021);
    expect(gaps?.stallAfterMs).toBe(1000);
    expect(gaps?.stalls).toEqual([{ gapMs: 1001, seq: 14, fromMs: 1020 }]);
  });

  it('are stalls above five medians where the stream is slow', () => {
    const gaps = gapsAt(0, 400, 800, 1200, 3200, 5201);
    expect(gaps?.stallAfterMs).toBe(2000);
    expect(gaps?.stalls.map(({ seq }) => seq)).toEqual([15]);
  });

  it('need two chunks, and times that go backwards are no time', () => {
    expect(gapsAt(5)).toBeNull();
    expect(gapsAt(50, 40)).toMatchObject({ p50: 0, max: 0, histogram: [{ fromMs: 0, toMs: 1, count: 1 }] });
  });
});
