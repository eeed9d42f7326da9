/**
 * When a live session's files are written, and what happens when that fails. One write at a time; a flood starts it from
 * the append itself, because it starves timers. What bytes go where is stored-log's business.
 */
import type { AppendFile } from './append-file.ts';

/** Enough to make a write worth while. */
const FLUSH_BYTES = 1024 * 1024;
/** A quiet stream is written this soon… */
const FIRST_DELAY_MS = 16;
/** …and a busy one this often: what `kill -9` can cost, plus the time of one write. */
export const FLUSH_INTERVAL_MS = 200;
/** Beyond this the writer is told to wait. */
const BACKLOG_BYTES = 4 * 1024 * 1024;

export interface FlushLoop {
  /** Something small was appended. */
  appended(): void;
  /** Body bytes were appended: also looks whether a write is due. */
  appendedWire(): void;
  /** Resolves at once while the backlog is small, else when it has been written. */
  drained(): Promise<void>;
  /** Resolves when everything appended before the call is in the files, or could not be written. */
  flush(): Promise<void>;
  /** Writes everything, or tries once more after a failure, and never writes again. */
  end(): Promise<void>;
}

export interface FlushLoopDeps {
  /** In the order in which they are written. */
  readonly files: readonly AppendFile[];
  readonly nowMs: () => number;
  /** Bytes are in the files: a good time to arrange for `fdatasync`. */
  readonly onWritten: () => void;
  /** A write failed. After that only `flush` and `end` try again. */
  readonly onFailure: (error: unknown) => void;
}

export function createFlushLoop({ files, nowMs, onWritten, onFailure }: FlushLoopDeps): FlushLoop {
  let timer: NodeJS.Timeout | null = null;
  let dueMs = Infinity;
  let lastStartMs = -Infinity;
  let running: Promise<void> | null = null;
  let failing = false;
  let ended = false;

  const pendingBytes = (): number => files.reduce((sum, file) => sum + file.pendingBytes, 0);

  async function writeOnce(): Promise<void> {
    for (const file of files) file.take();
    for (const file of files) await file.writeTaken();
    onWritten();
  }

  function cancelTimer(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    dueMs = Infinity;
  }

  /** Writes what is there now, once the write under way is done. */
  function start(): Promise<void> {
    cancelTimer();
    lastStartMs = nowMs();
    running = (running ?? Promise.resolve()).then(writeOnce).then(finished, failed);
    return running;
  }

  function finished(): void {
    running = null;
    failing = false;
    if (!ended) schedule();
  }

  function failed(error: unknown): void {
    running = null;
    failing = true;
    onFailure(error);
  }

  function schedule(): void {
    const pending = pendingBytes();
    if (pending === 0) return;
    if (pending >= FLUSH_BYTES || nowMs() >= dueMs) {
      void start();
    } else if (!timer) {
      const delayMs = Math.max(FIRST_DELAY_MS, lastStartMs + FLUSH_INTERVAL_MS - nowMs());
      dueMs = nowMs() + delayMs;
      timer = setTimeout(() => void start(), delayMs);
    }
  }

  async function settle(): Promise<void> {
    while (running) await running;
    await start();
  }

  const mayStart = (): boolean => !running && !failing && !ended;

  return {
    appended() {
      if (!timer && mayStart()) schedule();
    },
    appendedWire() {
      if (mayStart()) schedule();
    },
    async drained() {
      while (running && pendingBytes() > BACKLOG_BYTES) await running;
    },
    flush: settle,
    async end() {
      ended = true;
      // After a failure the first turn writes what was caught then, and the second what came later.
      do await settle();
      while (!failing && pendingBytes() > 0);
    },
  };
}
