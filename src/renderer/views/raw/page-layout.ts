/** One page of the wire laid out as rows of a given width. Pure. */
import type { WirePage } from '../../state/wire-reader.ts';
import { beginsLine, rowStarts } from '../../ui/byte-rows.ts';

export interface PageLayout {
  readonly page: WirePage;
  readonly columns: number;
  /** Where rows begin, as places in the page's bytes. */
  readonly starts: Uint32Array;
  /** Lines of this page that began up to and with each row. */
  readonly lines: Uint32Array;
}

export function layoutPage(page: WirePage, columns: number): PageLayout {
  const starts = rowStarts(page.bytes, columns, page.start, page.end);
  const lines = new Uint32Array(starts.length);
  let count = 0;
  for (let row = 0; row < starts.length; row += 1) {
    if (startsLine(page, starts[row] ?? 0)) count += 1;
    lines[row] = count;
  }
  return { page, columns, starts, lines };
}

export function lineCount(layout: PageLayout): number {
  return layout.lines.at(-1) ?? 0;
}

/** Whether a line begins at `at` in the page's bytes. */
export function startsLine(page: WirePage, at: number): boolean {
  return at === 0 ? page.base === 0 : beginsLine(page.bytes, at);
}
