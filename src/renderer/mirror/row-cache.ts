/**
 * Rows of a view by their position: the newest as they came with the last batch, all others from pages that are fetched when
 * somebody looks. Never knows what a row means.
 */
import { rowOf, type Row, type RowPage } from '../../shared/session/row.ts';
import { createPageCache } from './page-cache.ts';

export interface RowCache {
  /** The row at `index` of the view, or undefined while it is on its way. Asking is what fetches it. */
  rowAt(index: number): Row | undefined;
  /** The newest rows as they came with a batch: followers see them without asking. */
  setTail(page: RowPage | null): void;
  /** Throws everything away; answers that are still on their way are ignored. */
  reset(): void;
  /** Allows pages whose fetch failed to be asked for again. */
  forgive(): void;
  /** Pages held now. */
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

export function createRowCache(options: RowCacheOptions): RowCache {
  const { fetchRows, onArrive, onError, pageRows = 256, maxPages = 24, maxInFlight = 2 } = options;
  let tail: RowPage | null = null;
  const pages = createPageCache<RowPage>({
    fetch: (number) => fetchRows(number * pageRows, pageRows),
    onArrive,
    onError,
    maxPages,
    maxInFlight,
  });

  return {
    rowAt(index) {
      if (tail && index >= tail.from && index < tail.from + tail.count) return rowOf(tail, index - tail.from);
      const number = Math.floor(index / pageRows);
      const page = pages.get(number);
      // A page that was read while the view was shorter is read again.
      if (page && index < page.from + page.count) return rowOf(page, index - page.from);
      pages.want(number);
      return undefined;
    },
    setTail(page) {
      tail = page;
    },
    reset() {
      pages.reset();
      tail = null;
    },
    forgive: pages.forgive,
    get pageCount() {
      return pages.size;
    },
  };
}
