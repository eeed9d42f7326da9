/**
 * Opens one session folder for reading, wherever it is. A session that was closed properly is opened as it stands; any other
 * is repaired first (repair.ts), on the disk when we may write there and nobody else does.
 */
import { basename } from 'node:path';
import { isJournalKind, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { createCountTally } from '../../shared/session/session-counts.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { openFolderFiles, sizesOf, sizesOnDisk, type FolderFiles } from './folder-files.ts';
import type { FileSizes, Manifest } from './format.ts';
import { tallyRecords } from './index-check.ts';
import { isTypeLine, readLines, type PlacedLine } from './journal-line.ts';
import { readManifest, writeManifest } from './manifest-file.ts';
import { openWithRepair, restoreLines } from './repair.ts';
import { createStoredLog, type StoredLog } from './stored-log.ts';
import { isLocked, releaseLock } from './writer-lock.ts';

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
}

/** Throws with a sentence when the folder is not a session, is of a newer format, or cannot be read. */
export async function openFolder(folder: string, options: OpenFolderOptions): Promise<OpenedFolder> {
  const sessionId = options.sessionId ?? basename(folder);
  const manifest = await readManifest(folder);
  const beingWritten = manifest.sizes === null && (await isLocked(folder));
  const asClosed = manifest.sizes !== null && sameSizes(manifest.sizes, await sizesOnDisk(folder));
  const files = await openFolderFiles(folder, !asClosed && !beingWritten);
  try {
    if (asClosed) {
      const reader = await openAsClosed(sessionId, files, manifest);
      return { reader, manifest, close: files.close };
    }
    const wholeIndex = manifest.sizes !== null;
    const repair = { sessionId, folder: files, byteText: options.byteText, wholeIndex, beingWritten };
    const { log, files: logFiles, stored } = await openWithRepair(repair);
    const found: Manifest = {
      ...manifest,
      outcome: manifest.outcome === 'live' && !beingWritten ? 'interrupted' : manifest.outcome,
      durationMs: log.lastAtMs,
      counts: log.counts,
      sizes: stored ? sizesOf(logFiles) : null,
    };
    if (stored) await keepManifest(folder, found);
    return { reader: log, manifest: found, close: files.close };
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** The disk may have become full: then the session opens all the same, and is repaired again next time. */
async function keepManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeManifest(folder, manifest).then(
    () => releaseLock(folder),
    () => undefined,
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

/** Nothing is checked but whether the journal and the index agree on where the last entry stands. */
async function openAsClosed(sessionId: string, folder: FolderFiles, manifest: Manifest): Promise<StoredLog> {
  const files = folder.withSizes(folder.sizes);
  const lines: PlacedLine[] = [];
  await readLines(files.journal.read, files.journal.size, (placed) => lines.push(placed));
  const lastAtMs = manifest.durationMs;
  const log = createStoredLog(sessionId, files, { tally: createCountTally(manifest.counts), lastAtMs });
  const placed = lines.flatMap(({ line, offset }) => (isTypeLine(line) ? [] : [{ seq: line.seq, offset }]));
  const last = placed.at(-1);
  const agrees = !last || (await entryOffsetAt(log, last.seq)) === last.offset;
  // An index that was built anew by a later version may number the entries differently: then it is the one to believe.
  const seqs = agrees
    ? placed.map(({ seq }) => seq)
    : await tallyRecords(files.index.read, files.index.size / RECORD_BYTES, createCountTally());
  restoreLines(log, lines, seqs);
  return log;
}

/** Where the journal entry with this number stands in the journal; -1 when it is none. */
async function entryOffsetAt(log: StoredLog, seq: number): Promise<number> {
  const view = await log.readRecords(seq, seq + 1);
  if (view.byteLength < RECORD_BYTES) return -1;
  const record = readRecord(view, 0);
  return isJournalKind(record.kindNumber) ? record.offset : -1;
}
