/**
 * A session's body bytes by pages, for a view that shows them as one long text. A page ends where no character and no CRLF is
 * cut in two. Holds a few pages; everything else is asked for again when somebody looks.
 */
import { createPageCache } from '../mirror/page-cache.ts';

export const WIRE_PAGE_BYTES = 256 * 1024;

/** Bytes read beyond a page on both sides, to find out where it may end: a CR before, the rest of a character after. */
const BEFORE = 1;
const AFTER = 4;

export interface WirePage {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Offset of bytes[0] in the session's body bytes. */
  readonly base: number;
  /** The page proper, as places in `bytes`. */
  readonly start: number;
  readonly end: number;
  /** Body bytes that there were when it was read: a page at the end may have grown since. */
  readonly total: number;
}

export interface WireReader {
  /** The page, or undefined while it is on its way; asking fetches it. `total`: body bytes there are now. */
  page(number: number, total: number): WirePage | undefined;
  /** Reads a page without keeping it. */
  read(number: number, total: number): Promise<WirePage>;
  dispose(): void;
}

const MAX_PAGES = 16;

export function createWireReader(options: {
  readonly wire: (offset: number, length: number) => Promise<Uint8Array>;
  readonly onArrive: (page: WirePage) => void;
  readonly onError: (error: unknown) => void;
}): WireReader {
  const { wire, onArrive, onError } = options;
  let total = 0;

  async function read(number: number, of: number): Promise<WirePage> {
    const from = number * WIRE_PAGE_BYTES;
    const to = Math.min(of, from + WIRE_PAGE_BYTES);
    const base = Math.max(0, from - BEFORE);
    const bytes = await wire(base, Math.min(of, to + AFTER) - base);
    return {
      number,
      bytes,
      base,
      start: from === 0 ? 0 : wholeFrom(bytes, from - base),
      end: to === of ? bytes.length : wholeFrom(bytes, to - base),
      total: of,
    };
  }

  const cache = createPageCache<WirePage>({
    fetch: (number) => read(number, total),
    onArrive: (_, page) => onArrive(page),
    onError,
    maxPages: MAX_PAGES,
    maxInFlight: 2,
  });

  return {
    page(number, now) {
      total = now;
      const page = cache.get(number);
      if (!page || isStale(page, now)) cache.want(number);
      return page;
    },
    read,
    dispose: cache.reset,
  };
}

/** Whether bytes have come since that belong to the page. */
export function isStale(page: WirePage, total: number): boolean {
  return page.total < total && page.total < (page.number + 1) * WIRE_PAGE_BYTES + AFTER;
}

/** `at`, or the next place where neither a character nor a CRLF is cut in two. */
function wholeFrom(bytes: Uint8Array, at: number): number {
  if (at > 0 && bytes[at] === 0x0a && bytes[at - 1] === 0x0d) return at + 1;
  let whole = at;
  while (whole < at + 3 && whole < bytes.length && ((bytes[whole] ?? 0) & 0xc0) === 0x80) whole += 1;
  return whole;
}
