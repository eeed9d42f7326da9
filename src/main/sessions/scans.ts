/** The port to whatever looks through sessions: in another thread, or between other work in this one. */
import type { TextRange } from '../../shared/filter/highlight.ts';
import type { Query } from '../../shared/filter/query.ts';
import type { AnnotationReader } from '../../shared/session/annotations.ts';
import type { SessionReader } from '../../shared/session/log.ts';

/** Entries of a session, to be looked at in order. */
export interface ScanRequest {
  readonly reader: SessionReader;
  readonly query: Query;
  readonly annotations: AnnotationReader;
  /** First entry. */
  readonly from: number;
  /** Behind the last one; it is there already. */
  readonly to: number;
  /** Arrival of the last event before `from`; null when there is none. */
  readonly lastEventAtMs: number | null;
}

export interface ScanRun {
  /**
   * Resolves when all was looked at or `cancel` was called, to the arrival of the last event. Rejects with `TookTooLong`, and when
   * the session cannot be read.
   */
  readonly done: Promise<{ readonly lastEventAtMs: number | null }>;
  /** Nothing is told any more. */
  cancel(): void;
}

/** Matches that were found, rising from call to call, and the entry up to which it was looked. */
export type ScanFound = (seqs: Iterable<number>, scannedTo: number) => void;

export interface Scans {
  scan(request: ScanRequest, onFound: ScanFound): ScanRun;
  /** Which parts of each text the query looks for. Rejects with `TookTooLong`. */
  ranges(query: Query, texts: readonly string[]): Promise<readonly (readonly TextRange[])[]>;
  close(): Promise<void>;
}

/** A regular expression was given up. */
export class TookTooLong extends Error {
  constructor(readonly limitMs: number) {
    super(`It took longer than ${limitMs} ms.`);
    this.name = 'TookTooLong';
  }
}
