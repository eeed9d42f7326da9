/**
 * The log of a session that is being recorded to a folder. Appending is a copy into memory; flush-loop writes. After
 * `kill -9` at most FLUSH_INTERVAL_MS of the stream is missing, after a power loss about a second. When storing fails, what
 * was appended until then can still be read, the rest is refused, and memory stays bounded. A log has one writer.
 */
import { createAppendListeners } from '../../shared/session/append-listeners.ts';
import type { SessionLog, StorageFailed } from '../../shared/session/log.ts';
import { storageError } from './file-access.ts';
import { createFlushLoop } from './flush-loop.ts';
import { inWriteOrder, type LogFiles, type StoredLog } from './stored-log.ts';
import type { SyncRound } from './sync-round.ts';

export interface FileLogDeps {
  readonly log: StoredLog;
  readonly files: LogFiles;
  /** Where the session is, for messages. */
  readonly folder: string;
  readonly syncRound: SyncRound;
  /** Told once. */
  readonly onFailure: StorageFailed;
}

export function createFileLog(deps: FileLogDeps): SessionLog {
  const { log, files, folder } = deps;
  const listeners = createAppendListeners();
  let failure: Error | null = null;
  let closing: Promise<void> | null = null;
  let syncing: Promise<void> = Promise.resolve();

  const loop = createFlushLoop({
    files: inWriteOrder(files),
    nowMs: () => performance.now(),
    onWritten: () => deps.syncRound.request(sync),
    onFailure: fail,
  });

  function fail(cause: unknown): void {
    if (failure) return;
    failure = storageError('This session can no longer be stored', folder, cause);
    // Only in memory as long as the disk refuses; `close` tries to write it once more.
    log.appendEntry({ kind: 'capture-notice', code: 'disk', message: failure.message }, log.lastAtMs);
    listeners.appended();
    deps.onFailure(failure);
  }

  function sync(): Promise<void> {
    if (!closing) syncing = syncFiles();
    return syncing;
  }

  async function syncFiles(): Promise<void> {
    try {
      for (const file of inWriteOrder(files)) await file.sync();
    } catch (error) {
      fail(error);
    }
  }

  function throwFailure(): void {
    if (failure) throw failure;
  }

  function appended(): void {
    loop.appended();
    listeners.appended();
  }

  /** Ends the writing; reading goes on as long as the files are open. */
  async function close(): Promise<void> {
    await loop.end();
    await syncing;
    await syncFiles();
  }

  return {
    sessionId: log.sessionId,
    get count() {
      return log.count;
    },
    get counts() {
      return log.counts;
    },
    get wireBytes() {
      return log.wireBytes;
    },
    eventTypes: log.eventTypes,
    get lastAtMs() {
      return log.lastAtMs;
    },
    readRecords: log.readRecords,
    readWire: log.readWire,
    readJournal: log.readJournal,
    journal: log.journal,
    readsIn: log.readsIn,
    storedBytes: log.storedBytes,
    appendWire(bytes, atMs) {
      if (failure) return;
      log.appendWire(bytes, atMs);
      loop.appendedWire();
      listeners.appended();
    },
    appendFrame(record, eventType) {
      if (failure) return log.count - 1;
      const seq = log.appendFrame(record, eventType);
      appended();
      return seq;
    },
    extendLastFrame() {
      if (failure) return;
      log.extendLastFrame();
      appended();
    },
    appendEntry(entry, atMs) {
      // Entries are rare and tell how it ended, so they are taken even when the disk refuses.
      const seq = log.appendEntry(entry, atMs);
      appended();
      return seq;
    },
    async drained() {
      if (!failure) await loop.drained();
      throwFailure();
    },
    async flush() {
      await loop.flush();
      throwFailure();
    },
    onAppend: listeners.add,
    close: () => (closing ??= close()),
  };
}
