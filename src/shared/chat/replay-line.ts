/**
 * The events that an answer was made by, on a line of time to replay it along. A line can shorten long gaps, so that a reconnect
 * or a model that thinks need not be waited for again.
 */
import type { SeqNo } from '../base/clock.ts';
import type { Completion } from './completion.ts';

/** A gap takes at most so long on a line that shortens them. */
export const SHORT_GAP_MS = 800;

/** `atMs[i]` is when entry `seqs[i]` comes; from 0 on, never falling. Never empty. */
export interface ReplayLine {
  readonly seqs: readonly SeqNo[];
  readonly atMs: readonly number[];
  readonly lengthMs: number;
  /** Milliseconds that shortening has left out. */
  readonly leftOutMs: number;
}

/** The events that changed the answer, and those that finished it. Costs time in their number. */
export function replayLine(completion: Completion, shortenGaps: boolean): ReplayLine {
  const { deltaSeqs, deltaAtMs, firstEventMs } = completion.timing;
  const others = endings(completion);
  const seqs: SeqNo[] = [];
  const atMs: number[] = [];
  let before = firstEventMs ?? deltaAtMs[0] ?? 0;
  let leftOutMs = 0;
  let now = 0;
  const put = (seq: SeqNo, cameAtMs: number): void => {
    const gapMs = Math.max(0, cameAtMs - before);
    const shown = shortenGaps ? Math.min(gapMs, SHORT_GAP_MS) : gapMs;
    leftOutMs += gapMs - shown;
    now += shown;
    before = Math.max(before, cameAtMs);
    seqs.push(seq);
    atMs.push(now);
  };
  let other = 0;
  const putEndingsBefore = (seq: number): void => {
    for (; other < others.length && (others[other] as SeqNo) <= seq; other += 1) {
      const ending = others[other] as SeqNo;
      // When it came is not kept; it is between its neighbours.
      if (ending < seq) put(ending, before);
    }
  };
  for (const [at, seq] of deltaSeqs.entries()) {
    putEndingsBefore(seq);
    put(seq, deltaAtMs[at] ?? before);
  }
  putEndingsBefore(Infinity);
  return { seqs, atMs, lengthMs: now, leftOutMs };
}

/** Events that matter although they brought no part of the answer, rising and each once. */
function endings({ firstSeq, endSeq, usageSeq, choices, lastSeq }: Completion): SeqNo[] {
  const all = [firstSeq, lastSeq, endSeq, usageSeq, ...choices.map((choice) => choice.finishSeq)];
  return [...new Set(all.filter((seq) => seq !== null))].sort((a, b) => a - b);
}
