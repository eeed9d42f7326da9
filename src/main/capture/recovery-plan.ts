/**
 * What of a session that was not closed properly can be kept as it is, and what is to be read again from its bytes. Looks
 * only; repair.ts acts.
 */
import { framingOfHead } from '../../shared/session/head-framing.ts';
import { readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import { createCountTally } from '../../shared/session/session-counts.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { FileSizes } from './format.ts';
import { checkIndexEnd, readRecords, tallyRecords, type IndexEnd } from './index-check.ts';
import { isTypeLine, type PlacedLine } from './journal-line.ts';
import { READ_BYTES } from './reads-file.ts';
import { FROM_THE_START, type PlacedEntry, type ReindexFrom } from './reindex.ts';
import type { LogFiles } from './stored-log.ts';
import { entriesOf, findWholeParts } from './torn-tails.ts';

export interface RecoveryPlan {
  /** Sizes of the files when what is torn has been cut off. The index: what is kept of it. */
  readonly sizes: FileSizes;
  readonly lines: readonly PlacedLine[];
  readonly entries: readonly PlacedEntry[];
  /** Arrival of the last record that is kept. */
  readonly lastAtMs: number;
  readonly from: ReindexFrom;
}

/** `files` cover all that is on the disk. `wholeIndex`: nothing of the index is to be kept. */
export async function planRecovery(files: LogFiles, wholeIndex: boolean): Promise<RecoveryPlan> {
  const { sizes, lines } = await findWholeParts(files);
  const entries = entriesOf(lines);
  const anew: RecoveryPlan = {
    sizes: { ...sizes, index: 0 },
    lines,
    entries,
    lastAtMs: 0,
    from: FROM_THE_START,
  };
  if (wholeIndex) return anew;

  const explained = await explainedRecords(files, sizes, entries.length);
  const typeCount = lines.filter(({ line }) => isTypeLine(line)).length;
  const bounds = { wireBytes: sizes.wire, journalBytes: sizes.journal, typeCount };
  const end = await checkIndexEnd(files.index.read, explained.count, bounds);
  if (!end) return anew;
  const keep = (count: number, from: ReindexFrom): RecoveryPlan => ({
    ...anew,
    sizes: { ...sizes, index: count * RECORD_BYTES },
    lastAtMs: end.lastAtMs,
    from,
  });

  const readableUntil = explained.complete ? Infinity : end.frameEnd;
  if (end.frameEnd === Math.min(sizes.wire, readableUntil)) {
    const readNumber = await readAt(files, sizes, end.frameEnd);
    return keep(end.count, { wireOffset: end.frameEnd, readNumber, body: null, readableUntil });
  }
  const from = await resumeAt(files, sizes, entries, end);
  return from && end.lastEvent ? keep(end.lastEvent.seq, { ...from, readableUntil }) : anew;
}

/**
 * Records up to the first entry that the journal does not have: a power loss can take the end of the journal and leave what
 * was written after it. Bytes behind that entry belong to a body of which nothing is known.
 */
async function explainedRecords(
  files: LogFiles,
  sizes: FileSizes,
  entryCount: number,
): Promise<{ readonly count: number; readonly complete: boolean }> {
  const count = sizes.index / RECORD_BYTES;
  const entrySeqs = await tallyRecords(files.index.read, count, createCountTally());
  const missing = entrySeqs[entryCount];
  if (missing === undefined) return { count, complete: true };
  const record = readRecord(await readRecords(files.index.read, missing, missing + 1), 0);
  return record.offset >= sizes.journal ? { count: missing, complete: false } : { count, complete: true };
}

/** Where to read again: at the last event that the index has right. */
async function resumeAt(
  files: LogFiles,
  sizes: FileSizes,
  entries: readonly PlacedEntry[],
  { lastEvent }: IndexEnd,
): Promise<Omit<ReindexFrom, 'readableUntil'> | null> {
  if (!lastEvent) return null;
  const { seq, record } = lastEvent;
  const head = entries.findLast(
    ({ line: { entry, seq: at } }) =>
      entry.kind === 'response-head' && entry.attempt === record.attempt && at < seq,
  )?.line.entry;
  // An event belongs to a body that was accepted; without its head the index and the journal do not fit.
  if (head?.kind !== 'response-head' || !head.accepted) return null;
  if ((await readAt(files, sizes, record.offset)) !== record.firstRead) return null;
  const framing = framingOfHead(head);
  // What an item of an array begins with depends on whether its array is open, which only the items before it tell.
  if (framing === 'json-array' && !(record.flags & FRAME_FLAGS.opensArray)) return null;
  const body = { attempt: record.attempt, framing };
  return { wireOffset: record.offset, readNumber: record.firstRead, body };
}

/** The number of the read that brought this byte; behind the last one, the number of reads. */
async function readAt(files: LogFiles, sizes: FileSizes, offset: number): Promise<number> {
  const count = sizes.reads / READ_BYTES;
  if (offset >= sizes.wire) return count;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const bytes = await files.reads.read(middle * READ_BYTES, (middle + 1) * READ_BYTES);
    if (bytes.readDoubleLE(0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
