/**
 * Which sessions one page watches. Views of the same session share its batches; when the page is gone, all its watches end.
 * How a session is told is tail-watch.ts.
 */
import type { SessionBatch } from '../../shared/ipc/contract.ts';
import { createTailWatch, type TailSource, type TailWatch, type TailWatchDeps } from './tail-watch.ts';

export interface TailFeedDeps extends TailWatchDeps {
  readonly open: (sessionId: string) => Promise<TailSource>;
}

export interface TailFeed {
  /** Begins to watch, and answers with where the session stands; that answer needs no acknowledgement. */
  watch(sessionId: string): Promise<SessionBatch>;
  acknowledge(sessionId: string, batch: number): void;
  /** Ends one `watch`; batches stop with the last of them. */
  unwatch(sessionId: string): void;
  /** Ends all watches. */
  close(): void;
}

interface Watched {
  readonly opening: Promise<TailWatch>;
  watchers: number;
}

export function createTailFeed({ open, ...deps }: TailFeedDeps): TailFeed {
  const watched = new Map<string, Watched>();

  function drop(sessionId: string, entry: Watched): void {
    entry.watchers = 0;
    watched.delete(sessionId);
    // A session that could not be opened has been told to whoever asked for it, and has nothing to end.
    entry.opening.then(
      (watch) => watch.end(),
      () => undefined,
    );
  }

  return {
    async watch(sessionId) {
      const entry = watched.get(sessionId) ?? {
        opening: open(sessionId).then((source) => createTailWatch(sessionId, source, deps)),
        watchers: 0,
      };
      entry.watchers += 1;
      watched.set(sessionId, entry);
      try {
        return await (await entry.opening).current();
      } catch (error) {
        if (watched.get(sessionId) === entry) drop(sessionId, entry);
        throw error;
      }
    },
    acknowledge(sessionId, batch) {
      watched.get(sessionId)?.opening.then(
        (watch) => watch.acknowledge(batch),
        () => undefined,
      );
    },
    unwatch(sessionId) {
      const entry = watched.get(sessionId);
      if (!entry) return;
      entry.watchers -= 1;
      if (entry.watchers === 0) drop(sessionId, entry);
    },
    close() {
      for (const [sessionId, entry] of [...watched]) drop(sessionId, entry);
    },
  };
}
