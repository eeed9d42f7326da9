/** What crosses to the window of a comparison of two sessions. */
import type { RowPage } from '../session/row.ts';
import type { AlignBy } from './align-events.ts';
import type { ContentRules } from './compared-content.ts';
import type { DiffCounts } from './session-diff.ts';

/** Which rows are shown. */
export type DiffShown = 'all' | 'differences';

export interface DiffRequest extends ContentRules {
  readonly left: string;
  readonly right: string;
  readonly by: AlignBy;
}

export interface DiffProgress {
  readonly diffId: string;
  /** Entries of both sessions: looked at, and in all. */
  readonly done: number;
  readonly total: number;
  /** null until everything was looked at. */
  readonly result: DiffResult | null;
  /** Why there is none, for people; null while there may be. */
  readonly failure: string | null;
}

export interface DiffResult {
  readonly rows: number;
  readonly counts: DiffCounts;
  /** Milliseconds: when the first event of each came, on its session's clock; null without events. */
  readonly leftFirstMs: number | null;
  readonly rightFirstMs: number | null;
}

export interface DiffPage {
  /** Number of the first row among those that are shown. */
  readonly from: number;
  readonly count: number;
  /** Numbers among all rows. */
  readonly row: Float64Array;
  /** Index in DIFF_KINDS. */
  readonly kind: Uint8Array;
  readonly left: RowPage;
  readonly right: RowPage;
  /** By row: its place in `left` and `right`; -1 where the session has none. */
  readonly leftAt: Int32Array;
  readonly rightAt: Int32Array;
}
