/**
 * Opens the files of a session that was not closed properly, or that are damaged: cuts torn tails, mends what describes the
 * bytes, reads again what the index misses, and says so in the log. Without write access the same happens in memory.
 */
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { FolderFiles } from './folder-files.ts';
import type { FileSizes } from './format.ts';
import { isTypeLine, type PlacedLine } from './journal-line.ts';
import { planRecovery, type RecoveryPlan } from './recovery-plan.ts';
import { reindex } from './reindex.ts';
import { createStoredLog, inWriteOrder, type LogFiles, type StoredLog } from './stored-log.ts';

/** Index bytes that may wait in memory while an index is built. */
const BACKLOG_BYTES = 4 * 1024 * 1024;

/** Why the files are looked at closely. */
export type RepairReason =
  /** Nobody closed the session. */
  | 'torn'
  /** It was closed, and its files are not as they were then. */
  | 'changed';

export interface RepairOptions {
  readonly sessionId: string;
  readonly folder: FolderFiles;
  readonly byteText: ByteText;
  readonly reason: RepairReason;
  /** Read everything again from the bytes, whatever the index says. */
  readonly wholeIndex: boolean;
  /** Somebody is still writing: only look, and leave the tail open. */
  readonly beingWritten: boolean;
  /** How much is done, from 0 to 1; called now and then. */
  readonly onProgress: (share: number) => void;
}

export interface RepairedLog {
  readonly log: StoredLog;
  readonly files: LogFiles;
  /** Whether the files on the disk are as the log says. */
  readonly stored: boolean;
}

export async function openWithRepair(options: RepairOptions): Promise<RepairedLog> {
  const { sessionId, folder, byteText, beingWritten } = options;
  const before = folder.sizes;
  const progress = createProgress(before, options.onProgress);
  const plan = await planRecovery({
    files: folder.withSizes(before),
    wholeIndex: options.wholeIndex,
    onBlock: progress.looked,
  });
  if (plan.mended.journal) await folder.replace('journal', await linesOf(folder, before, plan));
  if (plan.mended.reads) await folder.replace('reads', plan.mended.reads);
  let storing = folder.writable && !beingWritten;
  if (storing) await folder.truncate(plan.sizes);
  const files = folder.withSizes(plan.sizes);
  const log = createStoredLog(sessionId, files, { tally: plan.tally, lastAtMs: plan.lastAtMs });
  restoreLines(log, plan.lines, plan.entrySeqs);

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
    steps: plan.steps,
    times: plan.times,
    ended: !beingWritten,
    onBlock: async (position) => {
      progress.read(position);
      if (storing && files.index.pendingBytes > BACKLOG_BYTES) await write();
    },
  });
  if (beingWritten) return { log, files, stored: false };

  const message = messageOf(options.reason, before, plan);
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

/** The bytes of the journal's lines that stay, without what is between them. */
async function linesOf(folder: FolderFiles, before: FileSizes, plan: RecoveryPlan): Promise<Buffer> {
  const bytes = await folder.withSizes(before).journal.read(0, before.journal);
  return Buffer.concat(plan.places.map(({ offset, length }) => bytes.subarray(offset, offset + length)));
}

/** Looking through the index costs far less a byte than reading bodies again. */
const LOOK_SHARE = 0.1;

function createProgress(sizes: FileSizes, report: (share: number) => void) {
  const share = (done: number, of: number): number => (of > 0 ? Math.min(1, done / of) : 1);
  return {
    looked: (bytes: number) => report(LOOK_SHARE * share(bytes, sizes.index)),
    read: (position: number) => report(LOOK_SHARE + (1 - LOOK_SHARE) * share(position, sizes.wire)),
  };
}

function messageOf(reason: RepairReason, before: FileSizes, plan: RecoveryPlan): string {
  const sentences = [reason === 'torn' ? TORN : CHANGED];
  const cut = Math.max(0, before.reads - plan.sizes.reads) + Math.max(0, before.journal - plan.sizes.journal);
  if (plan.mended.journal)
    sentences.push('Lines of its journal could not be read, so facts about the connection are missing.');
  if (plan.mended.reads)
    sentences.push('The times of some reads were lost; their events have the time of the read before.');
  if (plan.steps.some((step) => !('line' in step)))
    sentences.push('Bytes of which it is not known how they were to be read are kept as they are.');
  if (cut > 0 && !plan.mended.journal && !plan.mended.reads)
    sentences.push(`${cut} bytes of records that were not complete were cut off.`);
  return sentences.join(' ');
}

const TORN =
  'The end of this session was not stored: Streamscope ended first, or the disk refused. Everything that had reached the disk is here.';
const CHANGED =
  'Files of this session were missing, or not as they were when it was closed. Its index was built again from its bytes.';
