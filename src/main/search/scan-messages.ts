/** What the thread that searches and the one that started it tell each other. */
import type { TextRange } from '../../shared/filter/highlight.ts';
import type { Query } from '../../shared/filter/query.ts';
import type { Annotation } from '../../shared/session/annotations.ts';
import type { JournalEntry } from '../../shared/session/entry.ts';
import type { IndexRecord } from '../../shared/session/index-record.ts';
import type { StoredBytes } from '../../shared/session/log.ts';

/** What both threads see at any moment, as places in an Int32Array. */
export const CONTROL = {
  /** 1: stop at the next chance. */
  cancelled: 0,
  /** Rises by one with each piece of work that a regular expression may hold up. */
  pieces: 1,
  /** 1 while such a piece is worked on. */
  busy: 2,
} as const;
export const CONTROL_BYTES = 12;

export interface ScanJob {
  readonly kind: 'scan';
  readonly job: number;
  readonly control: SharedArrayBuffer;
  readonly query: Query;
  readonly annotations: readonly Annotation[];
  readonly from: number;
  readonly to: number;
  readonly lastEventAtMs: number | null;
  readonly eventTypes: readonly string[];
  /** Where the session's files are, and how much of them counts; null: everything has to be asked for. */
  readonly files: { readonly folder: string; readonly stored: StoredBytes } | null;
}

/** Which parts of the texts a query looks for. */
export interface RangesJob {
  readonly kind: 'ranges';
  readonly job: number;
  readonly control: SharedArrayBuffer;
  readonly query: Query;
  readonly texts: readonly string[];
}

/** What is not in the files yet is asked of whoever writes them. */
export type Wanted =
  | { readonly what: 'records'; readonly from: number; readonly to: number }
  | { readonly what: 'wire'; readonly offset: number; readonly length: number }
  | { readonly what: 'journal'; readonly record: IndexRecord };

export interface Answer {
  readonly kind: 'answer';
  readonly ask: number;
  readonly bytes: Uint8Array | null;
  readonly entry: JournalEntry | null;
  /** Why there is none of them. */
  readonly failure: string | null;
}

export type ToWorker = ScanJob | RangesJob | Answer;

export type FromWorker =
  | { readonly kind: 'ask'; readonly job: number; readonly ask: number; readonly wanted: Wanted }
  | {
      readonly kind: 'found';
      readonly job: number;
      readonly seqs: Uint32Array;
      readonly scannedTo: number;
    }
  | { readonly kind: 'done'; readonly job: number; readonly lastEventAtMs: number | null }
  | { readonly kind: 'ranges'; readonly job: number; readonly ranges: readonly (readonly TextRange[])[] }
  | { readonly kind: 'failed'; readonly job: number; readonly message: string };
