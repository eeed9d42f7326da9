/**
 * Opens the files of a session that was not closed properly, or whose index is gone: cuts torn tails, reads again what the
 * index misses, and says so in the log. Without write access the same happens in memory.
 */
import { RECORD_BYTES } from '../../shared/session/index-record.ts';
import { createCountTally } from '../../shared/session/session-counts.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { FolderFiles } from './folder-files.ts';
import type { FileSizes } from './format.ts';
import { tallyRecords } from './index-check.ts';
import { isTypeLine, type PlacedLine } from './journal-line.ts';
import { appendRead } from './reads-file.ts';
import { planRecovery } from './recovery-plan.ts';
import { reindex, type PlacedEntry } from './reindex.ts';
import { createStoredLog, inWriteOrder, type LogFiles, type StoredLog } from './stored-log.ts';

/** Index bytes that may wait in memory while an index is built. */
const BACKLOG_BYTES = 4 * 1024 * 1024;

export interface RepairOptions {
  readonly sessionId: string;
  readonly folder: FolderFiles;
  readonly byteText: ByteText;
  /** The index cannot be trusted at all: it changed after it was closed, or it is gone. */
  readonly wholeIndex: boolean;
  /** Somebody is still writing: only look, and leave the tail open. */
  readonly beingWritten: boolean;
}

export interface RepairedLog {
  readonly log: StoredLog;
  readonly files: LogFiles;
  /** Whether the files on the disk are as the log says. */
  readonly stored: boolean;
}

export async function openWithRepair(options: RepairOptions): Promise<RepairedLog> {
  const { sessionId, folder, byteText, wholeIndex, beingWritten } = options;
  const plan = await planRecovery(folder.withSizes(folder.sizes), wholeIndex);
  const mayWrite = folder.writable && !beingWritten;
  if (mayWrite) await folder.truncate(plan.sizes);
  const files = folder.withSizes(plan.sizes);
  const tally = createCountTally();
  const entrySeqs = await tallyRecords(files.index.read, plan.sizes.index / RECORD_BYTES, tally);
  const log = createStoredLog(sessionId, files, { tally, lastAtMs: plan.lastAtMs });
  restoreLines(log, plan.lines, entrySeqs);
  if (plan.sizes.reads === 0) inventReads(files, plan.entries);

  let storing = mayWrite;
  async function write(): Promise<void> {
    try {
      for (const file of inWriteOrder(files)) file.take();
      for (const file of inWriteOrder(files)) await file.writeTaken();
    } catch {
      // The disk is full, or fails: what was read again stays in memory, and the next opening repairs again.
      storing = false;
    }
  }
  await reindex({
    log,
    files,
    byteText,
    from: plan.from,
    entries: plan.entries.slice(entrySeqs.length),
    ended: !beingWritten,
    onBlock: async () => {
      if (storing && files.index.pendingBytes > BACKLOG_BYTES) await write();
    },
  });
  if (beingWritten) return { log, files, stored: false };

  const message = wholeIndex ? indexMessage() : tornMessage(folder.sizes, plan.sizes);
  log.appendEntry({ kind: 'capture-notice', code: 'repaired', message }, log.lastAtMs);
  if (storing) await write();
  return { log, files, stored: storing };
}

/** `entrySeqs` says where the first entries stand in the index; the others get their records later. */
export function restoreLines(
  log: StoredLog,
  lines: readonly PlacedLine[],
  entrySeqs: readonly number[],
): void {
  let entries = 0;
  for (const placed of lines) {
    if (isTypeLine(placed.line)) {
      log.restoreLine(placed, 0);
    } else if (entries < entrySeqs.length) {
      log.restoreLine(placed, entrySeqs[entries] ?? 0);
      entries += 1;
    }
  }
}

/** Without `reads.bin` the bytes between two entries count as one read that came with the first. */
function inventReads(files: LogFiles, entries: readonly PlacedEntry[]): void {
  let lastOffset = -1;
  for (const { wire, atMs } of [{ wire: 0, atMs: 0 }, ...entries.map(({ line }) => line)]) {
    if (wire <= lastOffset || wire >= files.wire.size) continue;
    appendRead(files.reads, wire, atMs);
    lastOffset = wire;
  }
}

function indexMessage(): string {
  return 'The index of this session was missing or did not fit its bytes. It was built again from them.';
}

function tornMessage(before: FileSizes, after: FileSizes): string {
  const cut = before.reads - after.reads + (before.journal - after.journal);
  const torn = cut > 0 ? ` ${cut} bytes of records that were not complete were cut off.` : '';
  return `The end of this session was not stored: Streamscope ended first, or the disk refused. Everything that had reached the disk is here.${torn}`;
}
