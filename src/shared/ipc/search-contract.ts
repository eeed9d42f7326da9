/** What crosses between the window and main about filtering, finding and searching. */
import type { RowPage } from '../session/row.ts';

export interface ViewProgress {
  readonly viewId: string;
  /** Matches so far. */
  readonly count: number;
  readonly scanned: number;
  readonly total: number;
  /** Why the view looks no further, for people; null while it does. */
  readonly failure: string | null;
}

/** What a search over all sessions found in one of them. */
export interface LibraryHits {
  readonly sessionId: string;
  readonly count: number;
  /** The first of them; null when there are none. */
  readonly rows: RowPage | null;
  /** Why this session could not be searched; null when it was. */
  readonly failure: string | null;
}

export interface LibrarySearchProgress {
  readonly searchId: string;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  /** Sessions that were searched, of all. */
  readonly done: number;
  readonly total: number;
  /** Since the last report. */
  readonly found: readonly LibraryHits[];
  /** Why it failed, for people. */
  readonly message: string;
}
