/** Records one session into a folder of its own: makes the folder, its lock, its files and its manifest, and finishes them. */
import { mkdir, rm } from 'node:fs/promises';
import type { NewSession } from '../../shared/session/capture-store.ts';
import type { SessionLabels, SessionOutcome } from '../../shared/session/entry.ts';
import type { SessionLog, StorageFailed } from '../../shared/session/log.ts';
import { createFileLog } from './file-log.ts';
import { createFolderFiles, sizesOf } from './folder-files.ts';
import { FORMAT_VERSION, type Manifest } from './format.ts';
import { writeManifest } from './manifest-file.ts';
import { sealOf } from './seal.ts';
import { createStoredLog, inWriteOrder } from './stored-log.ts';
import type { SyncRound } from './sync-round.ts';
import { releaseLock, takeLock } from './writer-lock.ts';

export interface Recording {
  readonly log: SessionLog;
  /** As it reads now. */
  manifest(): Manifest;
  describe(labels: Partial<SessionLabels>): Promise<void>;
  /** Closes the log, writes the last manifest and gives up the lock. The log can be read until `closeFiles`. */
  finish(outcome: Exclude<SessionOutcome, 'live'>): Promise<void>;
  closeFiles(): Promise<void>;
}

export interface RecordFolderOptions {
  /** Must not be there yet; its parent must. */
  readonly folder: string;
  readonly sessionId: string;
  readonly session: NewSession;
  readonly onFailure: StorageFailed;
  readonly syncRound: SyncRound;
}

/** Throws when the folder cannot be made; then it leaves nothing behind. */
export async function recordFolder(options: RecordFolderOptions): Promise<Recording> {
  const { folder } = options;
  await mkdir(folder, { mode: 0o700 });
  try {
    // The lock comes first: a manifest of a live session that nobody records means that its writer died.
    await takeLock(folder);
    return await startRecording(options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startRecording(options: RecordFolderOptions): Promise<Recording> {
  const { folder, sessionId, session, onFailure, syncRound } = options;
  const { name, method, url, endpointId, startedAt, origin = null } = session;
  const base = { formatVersion: FORMAT_VERSION, method, url, endpointId, startedAt, origin };
  let labels: SessionLabels = { name, tags: [], notes: '', pinned: false };
  const onDisk = await createFolderFiles(folder);
  const files = onDisk.withSizes(onDisk.sizes);
  const stored = createStoredLog(sessionId, files);
  const log = createFileLog({ log: stored, files, folder, syncRound, onFailure });
  let state: Pick<Manifest, 'outcome' | 'sizes' | 'seal'> = { outcome: 'live', sizes: null, seal: null };
  /** Manifests are written one after the other. */
  let writing: Promise<void>;

  const manifest = (): Manifest => ({
    ...base,
    ...labels,
    durationMs: log.lastAtMs,
    counts: log.counts,
    ...state,
  });
  function write(): Promise<void> {
    const turn = writing.then(() => writeManifest(folder, manifest()));
    writing = turn.catch(() => undefined);
    return turn;
  }
  try {
    writing = Promise.resolve();
    await write();
  } catch (error) {
    await onDisk.close();
    throw error;
  }

  return {
    log,
    manifest,
    describe(changed) {
      labels = { ...labels, ...changed };
      return write();
    },
    async finish(outcome) {
      await log.close();
      // What the disk refused is not in the files, and the next opening will look at them closely.
      const complete = inWriteOrder(files).every((file) => file.pendingBytes === 0);
      const closed = complete ? { sizes: sizesOf(files), seal: await sealOf(files).catch(() => null) } : {};
      state = { ...state, outcome, ...closed };
      try {
        await write();
      } finally {
        await releaseLock(folder);
      }
    },
    closeFiles: onDisk.close,
  };
}
