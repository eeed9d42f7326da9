/**
 * How many rows and lines each page of a long text has: counted for pages that were seen, guessed from their size for all
 * others. So a row has a place at once, however long the text is, and the place becomes exact as pages are counted. Pure.
 */

export interface PageRows {
  /** Rows of all pages, counted or guessed. */
  readonly rowCount: number;
  /** Whether every page has been counted. */
  readonly exact: boolean;
  /** Pages not counted yet, the first of them; null when there is none. */
  readonly nextUncounted: number | null;
  /** The page and the row in it. */
  locate(row: number): { readonly page: number; readonly row: number };
  firstRow(page: number): number;
  /** Lines that begin before the page, and whether that is a count. */
  firstLine(page: number): { readonly line: number; readonly exact: boolean };
  /** Body bytes there are. Pages that grew are to be counted again. */
  setTotal(bytes: number): void;
  count(page: number, rows: number, lines: number): void;
  /** The width changed: rows are void, lines are not. */
  forgetRows(): void;
}

/** A guess until the first page is counted. */
const USUAL_ROW_BYTES = 60;

export function createPageRows(pageBytes: number): PageRows {
  let total = 0;
  let pages = 0;
  /** -1: not counted. */
  let rows = new Int32Array(0);
  let lines = new Int32Array(0);
  let firstRows = new Float64Array(1);
  let firstLines = new Float64Array(1);
  let linesExactTo = 0;
  /** The last page, when it has grown since it was counted: its count stands until the next, so that nothing flickers. */
  let grown: number | null = null;
  let stale = true;

  function sizeOf(page: number): number {
    return Math.min(total, (page + 1) * pageBytes) - page * pageBytes;
  }

  function settle(): void {
    if (!stale) return;
    stale = false;
    let countedRows = 0;
    let rowBytes = 0;
    let countedLines = 0;
    let lineBytes = 0;
    for (let page = 0; page < pages; page += 1) {
      if ((rows[page] ?? -1) >= 0) {
        countedRows += rows[page] ?? 0;
        rowBytes += sizeOf(page);
      }
      if ((lines[page] ?? -1) >= 0) {
        countedLines += lines[page] ?? 0;
        lineBytes += sizeOf(page);
      }
    }
    const rowsPerByte = rowBytes > 0 ? countedRows / rowBytes : 1 / USUAL_ROW_BYTES;
    const linesPerByte = lineBytes > 0 ? countedLines / lineBytes : 1 / USUAL_ROW_BYTES;
    linesExactTo = pages;
    for (let page = 0; page < pages; page += 1) {
      const row = rows[page] ?? -1;
      const line = lines[page] ?? -1;
      if (line < 0 && linesExactTo === pages) linesExactTo = page;
      firstRows[page + 1] =
        (firstRows[page] ?? 0) + (row >= 0 ? row : Math.max(1, Math.round(sizeOf(page) * rowsPerByte)));
      firstLines[page + 1] =
        (firstLines[page] ?? 0) + (line >= 0 ? line : Math.round(sizeOf(page) * linesPerByte));
    }
  }

  return {
    get rowCount() {
      settle();
      return firstRows[pages] ?? 0;
    },
    get exact() {
      return !rows.includes(-1);
    },
    get nextUncounted() {
      const page = rows.indexOf(-1);
      return page < 0 ? grown : page;
    },
    locate(row) {
      settle();
      let low = 0;
      let high = Math.max(0, pages - 1);
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((firstRows[middle] ?? 0) <= row) low = middle;
        else high = middle - 1;
      }
      return { page: low, row: row - (firstRows[low] ?? 0) };
    },
    firstRow(page) {
      settle();
      return firstRows[page] ?? 0;
    },
    firstLine(page) {
      settle();
      return { line: firstLines[page] ?? 0, exact: page <= linesExactTo };
    },
    setTotal(bytes) {
      if (bytes === total) return;
      const last = pages - 1;
      total = bytes;
      const next = Math.ceil(bytes / pageBytes);
      const nextRows = new Int32Array(next).fill(-1);
      const nextLines = new Int32Array(next).fill(-1);
      nextRows.set(rows.subarray(0, Math.min(pages, next)));
      nextLines.set(lines.subarray(0, Math.min(pages, next)));
      if (last >= 0 && (rows[last] ?? -1) >= 0) grown = last;
      rows = nextRows;
      lines = nextLines;
      pages = next;
      firstRows = new Float64Array(pages + 1);
      firstLines = new Float64Array(pages + 1);
      stale = true;
    },
    count(page, rowCount, lineCount) {
      if (page >= pages) return;
      if (page === grown) grown = null;
      rows[page] = rowCount;
      lines[page] = lineCount;
      stale = true;
    },
    forgetRows() {
      rows.fill(-1);
      stale = true;
    },
  };
}
