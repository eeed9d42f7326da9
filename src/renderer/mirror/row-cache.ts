/**
 * A bounded cache of row pages: says which row stands where, and fetches the page when it is not there. Any page can be
 * thrown away at any time; main is asked again when somebody looks. Never knows what a row means.
 */
import { rowOf, type Row, type RowPage } from '../../shared/session/row.ts';

export interface RowCache {
  /** The row at `index` of the view, or undefined while it is on its way. Asking is what fetches it. */
  rowAt(index: number): Row | undefined;
  /** The newest rows as they came with a batch: followers see them without asking. */
  setTail(page: RowPage | null): void;
  /** Throws everything away; answers that are still on their way are ignored. */
  reset(): void;
  /** Allows pages whose fetch failed to be asked for again. */
  forgive(): void;
  /** Pages held now; for tests and for the curious. */
  readonly pageCount: number;
}

export interface RowCacheOptions {
  /** Reads rows `from` to `from + count - 1` of the view that is shown; fewer when there are not that many. */
  readonly fetchRows: (from: number, count: number) => Promise<RowPage>;
  /** Called when a page arrived. */
  readonly onArrive: () => void;
  readonly onError: (error: unknown) => void;
  readonly pageRows?: number;
  readonly maxPages?: number;
  readonly maxInFlight?: number;
}

/** Wanted pages beyond this are forgotten, oldest first: the user has scrolled past them. */
const MAX_WANTED = 4;

export function createRowCache(options: RowCacheOptions): RowCache {
  const { fetchRows, onArrive, onError, pageRows = 256, maxPages = 24, maxInFlight = 2 } = options;
  /** In the order of use, oldest first. */
  const pages = new Map<number, RowPage>();
  const inFlight = new Set<number>();
  const failed = new Set<number>();
  let wanted: number[] = [];
  let tail: RowPage | null = null;
  let generation = 0;

  function touch(number: number, page: RowPage): void {
    pages.delete(number);
    pages.set(number, page);
    if (pages.size <= maxPages) return;
    const oldest = pages.keys().next();
    if (!oldest.done) pages.delete(oldest.value);
  }

  function want(number: number): void {
    if (inFlight.has(number) || failed.has(number)) return;
    wanted = wanted.filter((other) => other !== number);
    wanted.push(number);
    if (wanted.length > MAX_WANTED) wanted.shift();
    pump();
  }

  function pump(): void {
    while (inFlight.size < maxInFlight) {
      const number = wanted.pop();
      if (number === undefined) return;
      void load(number, generation);
    }
  }

  async function load(number: number, asked: number): Promise<void> {
    inFlight.add(number);
    try {
      const page = await fetchRows(number * pageRows, pageRows);
      if (asked !== generation) return;
      touch(number, page);
      onArrive();
    } catch (error) {
      if (asked !== generation) return;
      failed.add(number);
      onError(error);
    } finally {
      if (asked === generation) {
        inFlight.delete(number);
        pump();
      }
    }
  }

  return {
    rowAt(index) {
      if (tail && index >= tail.from && index < tail.from + tail.count) return rowOf(tail, index - tail.from);
      const number = Math.floor(index / pageRows);
      const page = pages.get(number);
      if (page) {
        touch(number, page);
        if (index < page.from + page.count) return rowOf(page, index - page.from);
      }
      want(number);
      return undefined;
    },
    setTail(page) {
      tail = page;
    },
    reset() {
      generation += 1;
      pages.clear();
      inFlight.clear();
      failed.clear();
      wanted = [];
      tail = null;
    },
    forgive() {
      failed.clear();
    },
    get pageCount() {
      return pages.size;
    },
  };
}
