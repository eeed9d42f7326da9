/**
 * Opens one session folder for reading, wherever it is. A session that was closed properly and is still what it was then is opened
 * as it stands; any other is repaired first (repair.ts), on the disk when we may write there and nobody else does.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { openAsClosed } from './closed-folder.ts';
import { errorCode } from './file-access.ts';
import { openFolderFiles, sizesOf, sizesOnDisk } from './folder-files.ts';
import { OtherFormat, totalBytes, type FileSizes, type Manifest } from './format.ts';
import { manifestFromFiles } from './lost-manifest.ts';
import { readManifest, writeManifest } from './manifest-file.ts';
import { openWithRepair, type RepairReason } from './repair.ts';
import { SMALL_BYTES, sealOf } from './seal.ts';
import { HeldByOther, isLocked, releaseLock, takeLock } from './writer-lock.ts';

/** Longer than the repair of ten million events by another process takes. */
const LONGEST_WAIT_MS = 60_000;
const LOOK_MS = 50;

export interface OpenedFolder {
  readonly reader: SessionReader;
  /** With the counts and the outcome as they are now. */
  readonly manifest: Manifest;
  close(): Promise<void>;
}

export interface OpenFolderOptions {
  readonly byteText: ByteText;
  /** Default: the folder's name. */
  readonly sessionId?: string;
  /** Sessions up to this size are looked at whole. Default SMALL_BYTES. */
  readonly smallBytes?: number;
  /** How much of a repair is done, from 0 to 1; called now and then, and not at all when there is nothing to repair. */
  readonly onProgress?: (share: number) => void;
  /** A large session that was opened as it stands is not what it was when it was closed: the next opening repairs it. */
  readonly onDamage?: () => void;
}

/** Throws with a sentence when the folder is not a session, is of a newer format, or cannot be read. */
export async function openFolder(folder: string, options: OpenFolderOptions): Promise<OpenedFolder> {
  const { byteText, smallBytes = SMALL_BYTES } = options;
  const sessionId = options.sessionId ?? basename(folder);
  const manifest = await manifestOf(folder);
  const beingWritten = manifest.sizes === null && (await isLocked(folder));
  const wasClosed = manifest.sizes !== null && sameSizes(manifest.sizes, await sizesOnDisk(folder));
  if (wasClosed) {
    const opened = await openAsClosed({
      folder,
      sessionId,
      manifest,
      smallBytes,
      onDamage: options.onDamage ?? null,
    });
    if (opened) return opened;
  }
  // The app and the command line may find an interrupted session at the same time: one of them repairs it, the other waits.
  const claim = beingWritten ? 'refused' : await claimFolder(folder);
  if (claim === 'held' && (await isFree(folder))) return openFolder(folder, options);
  const mayWrite = claim === 'mine';
  const files = await openFolderFiles(folder, mayWrite);
  try {
    const reason: RepairReason = manifest.sizes === null ? 'torn' : 'changed';
    const {
      log,
      files: logFiles,
      stored,
    } = await openWithRepair({
      sessionId,
      folder: files,
      byteText,
      reason,
      // A small one is read again whole: then it is certain that the index says what the bytes say.
      wholeIndex: reason === 'changed' || (totalBytes(files.sizes) <= smallBytes && !beingWritten),
      beingWritten,
      onProgress: options.onProgress ?? (() => undefined),
    });
    const found: Manifest = {
      ...manifest,
      outcome: manifest.outcome === 'live' && !beingWritten ? 'interrupted' : manifest.outcome,
      durationMs: log.lastAtMs,
      counts: log.counts,
      sizes: stored ? sizesOf(logFiles) : null,
      seal: stored ? await sealOf(logFiles) : null,
    };
    // The disk may have become full: then the session opens all the same, and is repaired again next time.
    if (stored) await writeManifest(folder, found).catch(() => undefined);
    return { reader: log, manifest: found, close: files.close };
  } catch (error) {
    await files.close();
    throw error;
  } finally {
    if (mayWrite) await releaseLock(folder);
  }
}

/** `refused`: the folder cannot be written at all. */
async function claimFolder(folder: string): Promise<'mine' | 'held' | 'refused'> {
  return takeLock(folder).then(
    () => 'mine',
    (error: unknown) => (error instanceof HeldByOther ? 'held' : 'refused'),
  );
}

/** Waits until nobody holds the lock. False when that takes too long. */
async function isFree(folder: string): Promise<boolean> {
  const until = performance.now() + LONGEST_WAIT_MS;
  while (await isLocked(folder)) {
    if (performance.now() > until) return false;
    await pause(LOOK_MS);
  }
  return true;
}

/** A damaged one is made up from the other files, where there are any. */
async function manifestOf(folder: string): Promise<Manifest> {
  try {
    return await readManifest(folder);
  } catch (error) {
    const found = error instanceof OtherFormat ? null : await manifestFromFiles(folder);
    if (found) return found;
    // The folder itself may be gone, which is another matter.
    const isGone = errorCode(error) === 'ENOENT' && !(await isFolder(folder));
    throw errorCode(error) !== 'ENOENT' || isGone
      ? error
      : new Error('This folder has no manifest of a Streamscope session', { cause: error });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function sameSizes(one: FileSizes, other: FileSizes): boolean {
  return (
    one.wire === other.wire &&
    one.reads === other.reads &&
    one.index === other.index &&
    one.journal === other.journal
  );
}
