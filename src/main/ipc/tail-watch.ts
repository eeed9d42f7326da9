/**
 * Tells one page about the tail of one session. A cursor, not a queue: it keeps how far the page has been told and how many
 * batches it has not acknowledged, and reads the rest from the log when it is time to tell. A slow page gets rarer batches that
 * cover more; nothing is stored here and the capture never waits. No timer runs while nothing arrives.
 */
import type { SessionBatch } from '../../shared/ipc/contract.ts';
import type { SessionCounts } from '../../shared/session/entry.ts';
import type { RowPage } from '../../shared/session/row.ts';

/** Least time between two batches: about two frames of the screen. */
export const TICK_MS = 33;
/** …and this long in a flood: nobody reads rows that change more often, and drawing them takes time from the capture. */
export const FLOOD_TICK_MS = 100;
/** Batches that may be under way. Two: the next one travels while the page draws the one before. */
export const MAX_UNACKNOWLEDGED = 2;
/** Rows a batch carries at most: a screenful, so that a follower need not ask for them. */
export const TAIL_ROWS = 64;

/** A session as the feed sees it. */
export interface TailSource {
  readonly counts: SessionCounts;
  readonly lastAtMs: number;
  rows(from: number, count: number): Promise<RowPage>;
  /** Calls back after appends. Returns the function that ends it. */
  onAppend(listener: () => void): () => void;
  /** The feed no longer needs the session. */
  readonly release: () => void;
}

/** When to do things: the app's timers, or those of a test. */
export interface TickTimer {
  nowMs(): number;
  /** Returns the function that cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export interface TailWatchDeps {
  readonly send: (batch: SessionBatch) => void;
  readonly timer: TickTimer;
  readonly onError: (error: unknown) => void;
}

export interface TailWatch {
  /** Where the session stands, for the page that begins to watch; needs no acknowledgement. */
  current(): Promise<SessionBatch>;
  /** The page has taken this batch and all before it. */
  acknowledge(batch: number): void;
  /** Stops the batches and lets go of the session. */
  end(): void;
}

export function createTailWatch(sessionId: string, source: TailSource, deps: TailWatchDeps): TailWatch {
  const { send, timer, onError } = deps;
  let told = source.counts.entries;
  let sent = 0;
  let acknowledged = 0;
  let changed = false;
  let reading = false;
  let ended = false;
  let lastSentAtMs = -Infinity;
  let tickMs = TICK_MS;
  let cancelTick: (() => void) | null = null;

  function schedule(): void {
    if (ended || !changed || reading || cancelTick || sent - acknowledged >= MAX_UNACKNOWLEDGED) return;
    cancelTick = timer.after(Math.max(0, lastSentAtMs + tickMs - timer.nowMs()), () => {
      cancelTick = null;
      void tick();
    });
  }

  async function tick(): Promise<void> {
    changed = false;
    reading = true;
    try {
      const batch = await readBatch(sent + 1);
      if (ended) return;
      const nowMs = timer.nowMs();
      tickMs = tickFor(batch.counts.entries - told, nowMs - lastSentAtMs);
      sent = batch.batch;
      told = batch.counts.entries;
      lastSentAtMs = nowMs;
      send(batch);
    } catch (error) {
      // The next append tries again; until then the page shows what it has.
      onError(error);
    } finally {
      reading = false;
      schedule();
    }
  }

  async function readBatch(batch: number): Promise<SessionBatch> {
    const { counts, lastAtMs } = source;
    const fromSeq = told;
    const from = Math.max(0, counts.entries - TAIL_ROWS);
    const tail = await source.rows(from, counts.entries - from);
    return { sessionId, batch, counts, lastAtMs, fromSeq, tail };
  }

  const endListening = source.onAppend(() => {
    changed = true;
    schedule();
  });

  return {
    current: () => readBatch(sent),
    acknowledge(batch) {
      acknowledged = Math.max(acknowledged, Math.min(batch, sent));
      schedule();
    },
    end() {
      if (ended) return;
      ended = true;
      cancelTick?.();
      endListening();
      source.release();
    },
  };
}

/** As many milliseconds as there are thousands of new entries a second. */
function tickFor(entries: number, sinceMs: number): number {
  return Math.min(FLOOD_TICK_MS, Math.max(TICK_MS, entries / Math.max(1, sinceMs)));
}
