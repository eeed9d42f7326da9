/**
 * The times between the chunks of an answer: ranks, histogram and stalls. A chunk is an event that carries a part of the answer;
 * it is no token, so this is a chunk gap and no inter-token latency. Costs a sort of numbers.
 */
import type { SeqNo } from '../../base/clock.ts';
import type { CompletionTiming } from '../completion.ts';

export interface GapBin {
  /** From `fromMs` (inclusive) to `toMs` (exclusive). */
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  /** The chunk after the longest of them; null when there is none. */
  readonly seq: SeqNo | null;
}

export interface Stall {
  readonly gapMs: number;
  /** The chunk after it. */
  readonly seq: SeqNo;
  /** Session clock, of the chunk before it. */
  readonly fromMs: number;
}

export interface ChunkGaps {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** The chunk after the longest gap. */
  readonly maxSeq: SeqNo;
  /** Without gaps between the first and the last bin that is not empty. */
  readonly histogram: readonly GapBin[];
  /** A gap longer than that is a stall. */
  readonly stallAfterMs: number;
  readonly stalls: readonly Stall[];
}

/** A pause shorter than that nobody calls a stall, however fast the stream is. */
export const LEAST_STALL_MS = 1000;
/** So many times the median gap. */
export const STALL_FACTOR = 5;

/** null when there are fewer than two chunks. Times that go backwards count as no time. */
export function chunkGaps({ deltaAtMs, deltaSeqs }: CompletionTiming): ChunkGaps | null {
  if (deltaAtMs.length < 2) return null;
  const gaps = new Float64Array(deltaAtMs.length - 1);
  let longest = 0;
  for (let at = 0; at < gaps.length; at += 1) {
    gaps[at] = Math.max(0, (deltaAtMs[at + 1] ?? 0) - (deltaAtMs[at] ?? 0));
    if ((gaps[at] ?? 0) > (gaps[longest] ?? 0)) longest = at;
  }
  const sorted = gaps.slice().sort();
  const p50 = ranked(sorted, 0.5);
  const stallAfterMs = Math.max(LEAST_STALL_MS, STALL_FACTOR * p50);
  const stalls: Stall[] = [];
  const histogram = createHistogram();
  gaps.forEach((gapMs, at) => {
    const seq = deltaSeqs[at + 1] ?? 0;
    histogram.add(gapMs, seq);
    if (gapMs > stallAfterMs) stalls.push({ gapMs, seq, fromMs: deltaAtMs[at] ?? 0 });
  });
  return {
    p50,
    p95: ranked(sorted, 0.95),
    p99: ranked(sorted, 0.99),
    max: gaps[longest] ?? 0,
    maxSeq: deltaSeqs[longest + 1] ?? 0,
    histogram: histogram.bins(),
    stallAfterMs,
    stalls,
  };
}

/** Nearest rank: a gap that was really seen. */
function ranked(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Steps of 1, 2 and 5: each about twice as wide as the one before, so that bursts and pauses are both seen. */
function createHistogram(): { add(gapMs: number, seq: SeqNo): void; bins(): GapBin[] } {
  const counts: number[] = [];
  const longest: { gapMs: number; seq: SeqNo }[] = [];
  return {
    add(gapMs, seq) {
      const bin = binOf(gapMs);
      while (counts.length <= bin) counts.push(0);
      counts[bin] = (counts[bin] ?? 0) + 1;
      if (gapMs >= (longest[bin]?.gapMs ?? 0)) longest[bin] = { gapMs, seq };
    },
    bins() {
      const first = counts.findIndex((count) => count > 0);
      return counts.slice(first).map((count, index) => {
        const bin = first + index;
        return { fromMs: lowerEdge(bin), toMs: lowerEdge(bin + 1), count, seq: longest[bin]?.seq ?? null };
      });
    },
  };
}

const STEPS = [1, 2, 5];

/** 0, 1, 2, 5, 10, 20, 50, … milliseconds. */
function lowerEdge(bin: number): number {
  return bin === 0 ? 0 : (STEPS[(bin - 1) % 3] ?? 1) * 10 ** Math.floor((bin - 1) / 3);
}

function binOf(gapMs: number): number {
  let bin = 0;
  while (lowerEdge(bin + 1) <= gapMs) bin += 1;
  return bin;
}
