/** What is said of an answer at a glance. Types, and what the families of verdicts share. */
import type { SeqNo } from '../base/clock.ts';
import type { Completion } from './completion.ts';

/** `good`: as it should be. `busy`: it goes on. `note`: worth knowing. `warn`: odd. `bad`: something is lost or broken. */
export type Severity = 'good' | 'busy' | 'note' | 'warn' | 'bad';

export interface Verdict {
  /** Stays the same whatever the words are. */
  readonly code: string;
  readonly severity: Severity;
  /** One line. */
  readonly text: string;
  /** What it means, how it was found and what to do; for people. */
  readonly explanation: string;
  /** The entries that prove it, at most `MAX_PROOFS`; empty when it is something that did not come. */
  readonly seqs: readonly SeqNo[];
}

/** Entries that are named for one verdict. */
export const MAX_PROOFS = 20;

export interface VerdictContext {
  /** All answers in the stream, in order, and which of them this is. */
  readonly completions: readonly Completion[];
  readonly index: number;
  /** When the request was sent, on the session clock, where that is known. */
  readonly requestSentMs?: number | null;
}

export function inChoice(completion: Completion, index: number): string {
  return completion.choices.length > 1 ? ` (choice ${index})` : '';
}

export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
