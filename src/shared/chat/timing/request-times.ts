/** When the request of an answer was sent and what came before its first event, read from the journal. Session clock. */
import type { MonotonicMs, SeqNo } from '../../base/clock.ts';
import type { NumberedJournalEntry } from '../../session/entry.ts';

export interface RequestTimes {
  readonly sentAtMs: MonotonicMs | null;
  readonly headAtMs: MonotonicMs | null;
  /** Of the body. Told by the entry that ends the attempt, so null while the stream goes on. */
  readonly firstByteAtMs: MonotonicMs | null;
}

export const NO_REQUEST: RequestTimes = { sentAtMs: null, headAtMs: null, firstByteAtMs: null };

/** Of the attempt that brought entry `seq`; nulls where it is not known. */
export function requestTimes(journal: readonly NumberedJournalEntry[], seq: SeqNo): RequestTimes {
  let sent: { readonly attempt: number; readonly atMs: MonotonicMs } | null = null;
  let headAtMs: MonotonicMs | null = null;
  let firstByteAtMs: MonotonicMs | null = null;
  for (const { seq: at, atMs, entry } of journal) {
    if (entry.kind === 'attempt-start') {
      if (at > seq) break;
      sent = { attempt: entry.attempt, atMs };
      headAtMs = null;
      firstByteAtMs = null;
    } else if (entry.kind === 'response-head' || entry.kind === 'attempt-end') {
      if (sent?.attempt !== entry.attempt) continue;
      if (entry.kind === 'response-head') headAtMs = atMs;
      // Entries of other programs may lack them.
      const firstByteMs = entry.timings?.firstByteMs ?? null;
      if (firstByteMs !== null) firstByteAtMs = sent.atMs + firstByteMs;
    }
  }
  return { sentAtMs: sent?.atMs ?? null, headAtMs, firstByteAtMs };
}
