/**
 * What a check is: something that is asserted of a session. The shapes that the kinds of checks, the evaluation and the reports
 * share. A check is a pure state machine over entries, socket reads and a clock: its verdict follows from what it has seen,
 * in whatever pieces it saw it, so that a live stream and the stored session give the same.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { DecodedEntry } from '../export/decoded-entries.ts';
import type { Rebuilt } from '../export/fold-entries.ts';
import type { EventFacts } from '../filter/matches.ts';
import type { NumberedJournalEntry } from '../session/entry.ts';
import type { SocketRead } from '../session/log.ts';
import type { ByteText } from '../sse/byte-text.ts';

/** `pending`: more has to come before it is decided. `not-applicable`: there was nothing that it could be judged by. */
export type CheckState = 'pending' | 'passed' | 'failed' | 'not-applicable';

export interface Verdict {
  readonly state: CheckState;
  /** One or two sentences for people: what was seen, and what was wanted where that differs. */
  readonly sentence: string;
  /** The entries that prove it, in their order: at most MAX_PROOFS. */
  readonly seqs: readonly SeqNo[];
  /** How many there are in all, when there are more. */
  readonly total?: number;
}

/** Entries that are named for one check. */
export const MAX_PROOFS = 100;

/** What a check is judged by besides what it saw itself. */
export interface Moment {
  /** Nothing more will come. */
  readonly ended: boolean;
  /** Session clock: everything that came until then has been seen. */
  readonly nowMs: MonotonicMs;
  /** The completions so far. Only for kinds that ask for it (`needs`). */
  readonly rebuilt: Rebuilt;
  readonly journal: readonly NumberedJournalEntry[];
}

export interface RunningCheck {
  entry?(entry: DecodedEntry, facts: EventFacts): void;
  /** A socket read; comes before the first entry that has bytes of it. */
  read?(read: SocketRead): void;
  verdict(moment: Moment): Verdict;
}

/** What the session's recording can tell. */
export interface CheckSource {
  /** Whether times are known: those of a file of bytes are not. */
  readonly timed: boolean;
  /** Whether the connection is known: request, responses, ends. */
  readonly connected: boolean;
  readonly byteText: ByteText;
}

/** What has to be kept for a check besides its own state. */
export type Need = 'rebuilt' | 'reads';

/** Starts a check; one definition can be run over many sessions. */
export interface Check {
  /** Of all checks, from 0. */
  readonly index: number;
  /** The key that says what is checked, such as "event". */
  readonly kind: string;
  /** As the user named it, or a sentence that says what is asserted. */
  readonly name: string;
  /** In the specification, from 1. */
  readonly line: number;
  readonly needs: readonly Need[];
  /** Has a regular expression of the user in it. */
  readonly hasRegex: boolean;
  start(source: CheckSource): RunningCheck;
}

export interface CheckResult extends Verdict {
  readonly index: number;
  readonly kind: string;
  readonly name: string;
  readonly line: number;
}

export function passed(sentence: string, seqs: readonly SeqNo[] = []): Verdict {
  return { state: 'passed', sentence, seqs };
}

export function failed(sentence: string, seqs: readonly SeqNo[] = []): Verdict {
  return { state: 'failed', sentence, seqs };
}

export function pending(sentence: string, seqs: readonly SeqNo[] = []): Verdict {
  return { state: 'pending', sentence, seqs };
}

export function notApplicable(sentence: string): Verdict {
  return { state: 'not-applicable', sentence, seqs: [] };
}
