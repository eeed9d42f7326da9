/**
 * The wire as rows of text: which row stands where, and which bytes it shows. Looks at pages as they are needed, and counts the
 * others in quiet moments, so that line numbers become exact. Holds a few pages; nothing reactive but a change number.
 */
import { createSubscriber } from 'svelte/reactivity';
import { createFrameGate } from '../../state/frame-gate.ts';
import { createWireReader, WIRE_PAGE_BYTES, type WirePage } from '../../state/wire-reader.ts';
import { rowOfByte } from '../../ui/byte-rows.ts';
import type { BytePlace } from '../../ui/byte-selection.ts';
import { layoutPage, lineCount, startsLine, type PageLayout } from './page-layout.ts';
import { createPageRows } from './page-rows.ts';

export interface WireRow {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** Offset of bytes[0] in the session's body bytes. */
  readonly base: number;
  readonly start: number;
  readonly end: number;
}

export interface WireText {
  readonly rowCount: number;
  readonly lineCount: number;
  readonly exact: boolean;
  readonly error: string | null;
  /** undefined: on its way. */
  row(index: number): WireRow | undefined;
  hexRow(index: number, perRow: number): WireRow | undefined;
  /** The row that shows a byte; null until its page is there, which is fetched. */
  rowOfByte(offset: number): number | null;
  /** The text between two places that are in view. */
  between(from: BytePlace, to: BytePlace): string | null;
  /** There are so many bytes, and rows are so wide. */
  resize(total: number, columns: number): void;
  /** The first row in view: it stays where it is while pages above it are counted. */
  look(first: number): void;
  dispose(): void;
}

const MAX_LAYOUTS = 16;

/** Of more bytes than that only pages that were looked at are counted; the other rows and lines stay guesses. */
const MOST_COUNTED_BYTES = 512 * 1024 * 1024;

/** Pages that are counted before the window is asked whether it has something better to do. */
const PAGES_AT_ONCE = 4;

export function createWireText(options: {
  readonly wire: (offset: number, length: number) => Promise<Uint8Array>;
  /** Rows were put in above the ones in view. */
  readonly onShift: (rows: number) => void;
}): WireText {
  const { wire, onShift } = options;
  const rows = createPageRows(WIRE_PAGE_BYTES);
  const layouts = new Map<number, PageLayout>();
  const listeners = new Set<() => void>();
  let total = 0;
  let columns = 0;
  let error: string | null = null;
  let anchor: { readonly row: number; readonly offset: number; readonly page: number } | null = null;
  let scanning = false;
  let disposed = false;

  const subscribe = createSubscriber((update) => {
    const gate = createFrameGate(update);
    listeners.add(gate.touch);
    return () => {
      listeners.delete(gate.touch);
      gate.dispose();
    };
  });

  function changed(): void {
    for (const listener of listeners) listener();
  }

  const reader = createWireReader({
    wire,
    onArrive(page) {
      error = null;
      measure(page);
      changed();
    },
    onError(cause) {
      error = cause instanceof Error ? cause.message : String(cause);
      changed();
    },
  });

  /** Lays a page out, counts it, and keeps what is in view where it is. */
  function measure(page: WirePage): PageLayout {
    const layout = layoutPage(page, columns);
    rows.count(page.number, layout.starts.length, lineCount(layout));
    layouts.delete(page.number);
    layouts.set(page.number, layout);
    const oldest = layouts.keys().next();
    if (layouts.size > MAX_LAYOUTS && !oldest.done) layouts.delete(oldest.value);
    holdAnchor();
    return layout;
  }

  function holdAnchor(): void {
    if (!anchor) return;
    const layout = layouts.get(anchor.page);
    if (layout?.columns !== columns) return;
    const row = rows.firstRow(anchor.page) + rowOfByte(layout.starts, anchor.offset - layout.page.base);
    if (row === anchor.row) return;
    const by = row - anchor.row;
    anchor = { ...anchor, row };
    // Rows are also counted while they are drawn, and then nothing may change yet.
    queueMicrotask(() => {
      if (!disposed) onShift(by);
    });
  }

  function layoutOf(number: number): PageLayout | undefined {
    const page = reader.page(number, total);
    if (!page || columns === 0) return undefined;
    const known = layouts.get(number);
    if (known?.page === page && known.columns === columns) return known;
    changed();
    return measure(page);
  }

  async function scan(): Promise<void> {
    if (scanning || total > MOST_COUNTED_BYTES) return;
    scanning = true;
    let counted = 0;
    for (let next = rows.nextUncounted; next !== null && !disposed; next = rows.nextUncounted) {
      try {
        const page = await reader.read(next, total);
        if (disposed) break;
        const width = columns;
        const layout = layoutPage(page, width);
        if (width === columns) rows.count(next, layout.starts.length, lineCount(layout));
        holdAnchor();
        changed();
      } catch (cause) {
        error = cause instanceof Error ? cause.message : String(cause);
        changed();
        break;
      }
      counted += 1;
      if (counted % PAGES_AT_ONCE === 0)
        await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 200 }));
    }
    scanning = false;
  }

  return {
    get rowCount() {
      subscribe();
      return rows.rowCount;
    },
    get lineCount() {
      subscribe();
      return rows.firstLine(Math.ceil(total / WIRE_PAGE_BYTES)).line;
    },
    get exact() {
      subscribe();
      return rows.exact;
    },
    get error() {
      subscribe();
      return error;
    },
    row(index) {
      subscribe();
      const place = rows.locate(index);
      const layout = layoutOf(place.page);
      const start = layout?.starts[place.row];
      if (!layout || start === undefined) return undefined;
      const { page } = layout;
      const before = rows.firstLine(place.page);
      const line = before.line + (layout.lines[place.row] ?? 0);
      return {
        label: startsLine(page, start) ? (before.exact ? '' : '~') + String(line) : '',
        bytes: page.bytes,
        base: page.base,
        start,
        end: layout.starts[place.row + 1] ?? page.end,
      };
    },
    hexRow(index, perRow) {
      subscribe();
      const offset = index * perRow;
      const page = reader.page(Math.floor(offset / WIRE_PAGE_BYTES), total);
      if (!page) return undefined;
      const start = offset - page.base;
      const end = Math.min(start + perRow, page.bytes.length);
      return end > start
        ? { label: String(offset), bytes: page.bytes, base: page.base, start, end }
        : undefined;
    },
    rowOfByte(offset) {
      subscribe();
      let number = Math.floor(offset / WIRE_PAGE_BYTES);
      let layout = layoutOf(number);
      // The first bytes of a page may still belong to the page before.
      if (layout && number > 0 && offset < layout.page.base + layout.page.start) {
        number -= 1;
        layout = layoutOf(number);
      }
      if (!layout) return null;
      return rows.firstRow(number) + rowOfByte(layout.starts, offset - layout.page.base);
    },
    between(from, to) {
      const first = layouts.get(rows.locate(from.row).page)?.page;
      const last = layouts.get(rows.locate(to.row).page)?.page;
      if (!first || !last) return null;
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      if (first === last) return decoder.decode(first.bytes.subarray(from.at, to.at));
      let text = decoder.decode(first.bytes.subarray(from.at, first.end));
      for (let number = first.number + 1; number < last.number; number += 1) {
        const page = layouts.get(number)?.page;
        if (!page) return null;
        text += decoder.decode(page.bytes.subarray(page.start, page.end));
      }
      return text + decoder.decode(last.bytes.subarray(last.start, to.at));
    },
    resize(bytes, width) {
      if (width !== columns) {
        columns = width;
        rows.forgetRows();
        layouts.clear();
      }
      if (bytes === total && scanning) return;
      total = bytes;
      rows.setTotal(bytes);
      changed();
      void scan();
    },
    look(first) {
      const place = rows.locate(first);
      const layout = layouts.get(place.page);
      const start = layout?.starts[place.row];
      anchor =
        layout && start !== undefined
          ? { row: first, page: place.page, offset: layout.page.base + start }
          : null;
    },
    dispose() {
      disposed = true;
      listeners.clear();
      layouts.clear();
      reader.dispose();
    },
  };
}
