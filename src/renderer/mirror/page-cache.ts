/**
 * Pages of something that main holds: a bounded number of them, fetched when looked at, a few at a time, the latest wish first.
 * Any page can be thrown away at any time. Never knows what a page means.
 */

export interface PageCache<P> {
  /** The page as it is held; asking does not fetch. */
  get(number: number): P | undefined;
  /** Fetches the page unless it is on its way or failed. */
  want(number: number): void;
  /** Throws everything away; answers that are still on their way are ignored. */
  reset(): void;
  /** Allows pages whose fetch failed to be asked for again. */
  forgive(): void;
  /** Pages held now. */
  readonly size: number;
}

export interface PageCacheOptions<P> {
  readonly fetch: (number: number) => Promise<P>;
  readonly onArrive: (number: number, page: P) => void;
  readonly onError: (error: unknown) => void;
  readonly maxPages: number;
  readonly maxInFlight: number;
}

/** Wanted pages beyond this are forgotten, oldest first: the user has scrolled past them. */
const MAX_WANTED = 4;

export function createPageCache<P>(options: PageCacheOptions<P>): PageCache<P> {
  const { fetch, onArrive, onError, maxPages, maxInFlight } = options;
  /** In the order of use, oldest first. */
  const pages = new Map<number, P>();
  const inFlight = new Set<number>();
  const failed = new Set<number>();
  let wanted: number[] = [];
  let generation = 0;

  function hold(number: number, page: P): void {
    pages.delete(number);
    pages.set(number, page);
    if (pages.size <= maxPages) return;
    const oldest = pages.keys().next();
    if (!oldest.done) pages.delete(oldest.value);
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
      const page = await fetch(number);
      if (asked !== generation) return;
      hold(number, page);
      // Before the listener hears of it: it may find the page too short and want it again at once.
      inFlight.delete(number);
      onArrive(number, page);
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
    get(number) {
      const page = pages.get(number);
      if (page !== undefined) hold(number, page);
      return page;
    },
    want(number) {
      if (inFlight.has(number) || failed.has(number)) return;
      wanted = wanted.filter((other) => other !== number);
      wanted.push(number);
      if (wanted.length > MAX_WANTED) wanted.shift();
      pump();
    },
    reset() {
      generation += 1;
      pages.clear();
      inFlight.clear();
      failed.clear();
      wanted = [];
    },
    forgive() {
      failed.clear();
    },
    get size() {
      return pages.size;
    },
  };
}
