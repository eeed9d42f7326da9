/** The life of a connection as stretches of time: connecting, open, refused, waiting, and silences while it was open. Pure. */
import { attemptsOf } from '../../../shared/session/attempts.ts';
import type { NumberedJournalEntry } from '../../../shared/session/entry.ts';
import type { TimelineSlice } from '../../../shared/session/timeline-slice.ts';

export type BandKind = 'connecting' | 'open' | 'refused' | 'waiting';

export interface Band {
  readonly kind: BandKind;
  readonly attempt: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The entry that it begins with. */
  readonly seq: number;
  readonly title: string;
}

/** A place in time: how an attempt ended. */
export interface EndMark {
  readonly atMs: number;
  readonly seq: number;
  /** Nobody wanted it to end this way. */
  readonly bad: boolean;
  readonly title: string;
}

export interface Connection {
  readonly bands: readonly Band[];
  readonly ends: readonly EndMark[];
}

/** `nowMs`: where what has not ended yet ends for now. */
export function connectionBands(journal: readonly NumberedJournalEntry[], nowMs: number): Connection {
  const attempts = attemptsOf(journal);
  const bands: Band[] = [];
  const ends: EndMark[] = [];
  attempts.forEach((one, index) => {
    const { attempt, start, head, end, decision } = one;
    const nextStart = attempts[index + 1]?.start.atMs;
    const overMs = end?.atMs ?? nextStart ?? nowMs;
    bands.push({
      kind: 'connecting',
      attempt,
      fromMs: start.atMs,
      toMs: head?.atMs ?? overMs,
      seq: start.seq,
      title: `Attempt ${attempt}: connecting`,
    });
    if (head)
      bands.push({
        kind: head.entry.accepted ? 'open' : 'refused',
        attempt,
        fromMs: head.atMs,
        toMs: Math.max(head.atMs, overMs),
        seq: head.seq,
        title: `Attempt ${attempt}: ${head.entry.status} ${head.entry.statusText}`.trimEnd(),
      });
    if (end)
      ends.push({
        atMs: end.atMs,
        seq: end.seq,
        bad: end.entry.how === 'failed' || end.entry.how === 'refused',
        title: end.entry.failure?.message ?? ENDS[end.entry.how],
      });
    if (decision?.entry.kind === 'retry-scheduled')
      bands.push({
        kind: 'waiting',
        attempt,
        fromMs: decision.atMs,
        toMs: nextStart ?? Math.max(decision.atMs, nowMs),
        seq: decision.seq,
        title: decision.entry.why,
      });
  });
  return { bands, ends };
}

const ENDS = {
  'end-of-stream': 'The server ended the stream',
  refused: 'The answer was refused',
  failed: 'The connection failed',
  stopped: 'Stopped',
} as const;

export interface Silence {
  readonly fromMs: number;
  readonly toMs: number;
}

/** An open connection that brings nothing for this long is worth seeing. */
export const SILENCE_MS = 5000;

/** Stretches inside open bands in which not a byte came. Only as exact as the slice's buckets. */
export function silencesIn(slice: TimelineSlice, bands: readonly Band[]): Silence[] {
  const bucketMs = (slice.toMs - slice.fromMs) / slice.buckets;
  if (bucketMs > SILENCE_MS / 2) return [];
  const silences: Silence[] = [];
  for (const band of bands) {
    if (band.kind !== 'open') continue;
    const end = Math.min(band.toMs, slice.toMs);
    let since = Math.max(band.fromMs, slice.fromMs);
    const first = Math.max(0, Math.floor((since - slice.fromMs) / bucketMs));
    const last = Math.min(slice.buckets, Math.ceil((end - slice.fromMs) / bucketMs));
    for (let bucket = first; bucket <= last; bucket += 1) {
      if (bucket < last && slice.bytes[bucket] === 0) continue;
      const until = bucket === last ? end : slice.fromMs + bucket * bucketMs;
      if (until - since >= SILENCE_MS) silences.push({ fromMs: since, toMs: until });
      since = slice.fromMs + (bucket + 1) * bucketMs;
    }
  }
  return silences;
}
