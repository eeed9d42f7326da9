/** What crosses between window and main about imports and exports. */
import type { ExportRange } from '../export/exporter.ts';
import type { RowFilter } from '../filter/row-filter.ts';
import type { FoundSecrets } from '../redaction/redactor.ts';

export interface ExportFormat {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly extension: string;
  /** It holds the session as it is stored: all of it, with every secret that was recorded. */
  readonly asStored: boolean;
}

export interface ExportProgress {
  readonly jobId: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly bytes: number;
  readonly path: string;
  readonly message: string;
  /** Secrets that were taken out so far. */
  readonly redacted: number;
}

/** Which entries of a session are exported. */
export type ExportScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'range'; readonly range: ExportRange }
  | { readonly kind: 'filter'; readonly filter: RowFilter };

export interface StartExport {
  readonly sessionId: string;
  readonly formatId: string;
  readonly scope: ExportScope;
  /** The user asked for them, this once. */
  readonly includeSecrets: boolean;
}

/** What an export would take out. */
export interface ExportLook {
  /** Entries in the scope. */
  readonly entries: number;
  readonly found: FoundSecrets;
  /** Entries that were looked through; fewer than there are when that would take too long to wait for. */
  readonly looked: number;
}

/** What is in a file, before anything of it becomes a session. */
export interface ImportPlan {
  readonly importId: string;
  readonly fileName: string;
  readonly format: string;
  readonly captures: readonly PlannedCapture[];
}

export interface PlannedCapture {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly startedAt: number | null;
  readonly note: string;
}

export interface ImportProgress {
  readonly importId: string;
  readonly fileName: string;
  /** Captures that were taken in, with the part of the one at hand. */
  readonly done: number;
  readonly total: number;
}
