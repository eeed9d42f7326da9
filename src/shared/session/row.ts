/** A page of rows for lists, as columns, so that it crosses to the window as a few buffers. */
import type { SeqNo } from '../base/clock.ts';

export interface RowPage {
  /** Number of the first row within the view (all entries, or the matches of a filter). */
  readonly from: number;
  /** Rows in this page. */
  readonly count: number;
  readonly seq: Float64Array;
  readonly atMs: Float64Array;
  /** Bytes of the frame; 0 for journal entries. */
  readonly bytes: Float64Array;
  readonly attempt: Uint16Array;
  readonly kind: Uint8Array;
  readonly flags: Uint8Array;
  /** Index in `types`. */
  readonly type: Uint16Array;
  /** Event type names used in this page. */
  readonly types: readonly string[];
  /** The block's own id, "" when it has none. */
  readonly ids: readonly string[];
  /** Data, comment or a sentence about the entry, one line, at most PREVIEW_CHARS. */
  readonly previews: readonly string[];
}

export const PREVIEW_CHARS = 200;

/** One row taken out of a page. */
export interface Row {
  readonly index: number;
  readonly seq: SeqNo;
  readonly atMs: number;
  readonly bytes: number;
  readonly attempt: number;
  readonly kindNumber: number;
  readonly flags: number;
  readonly type: string;
  readonly id: string;
  readonly preview: string;
}

/** The row number `at` (0 to count - 1) of a page. */
export function rowOf(page: RowPage, at: number): Row {
  return {
    index: page.from + at,
    seq: page.seq[at] ?? 0,
    atMs: page.atMs[at] ?? 0,
    bytes: page.bytes[at] ?? 0,
    attempt: page.attempt[at] ?? 0,
    kindNumber: page.kind[at] ?? 0,
    flags: page.flags[at] ?? 0,
    type: page.types[page.type[at] ?? 0] ?? '',
    id: page.ids[at] ?? '',
    preview: page.previews[at] ?? '',
  };
}
