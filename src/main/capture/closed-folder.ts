/**
 * Opens a session that was closed properly as it stands. A small one is held against its checksums first; a large one opens at
 * once, whatever its size, and what describes its bytes is looked at beside.
 */
import { isJournalKind, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { createCountTally } from '../../shared/session/session-counts.ts';
import { openFolderFiles } from './folder-files.ts';
import { totalBytes, type Manifest } from './format.ts';
import { auditIndex, tallyRecords } from './index-audit.ts';
import { isTypeLine, readLines, type PlacedLine } from './journal-line.ts';
import { READ_BYTES } from './reads-file.ts';
import { restoreLines } from './repair.ts';
import { isSealed } from './seal.ts';
import { createStoredLog, type LogFiles } from './stored-log.ts';

interface ClosedFolder {
  readonly reader: SessionReader;
  readonly manifest: Manifest;
  readonly close: () => Promise<void>;
}

/** What is known of the records without a look at each. */
interface Known extends Pick<Manifest, 'counts' | 'durationMs'> {
  readonly entrySeqs: readonly number[];
}

export interface ClosedFolderOptions {
  /** Its files have the sizes that they had when it was closed. */
  readonly folder: string;
  readonly sessionId: string;
  readonly manifest: Manifest;
  /** Sessions up to this size are looked at whole. */
  readonly smallBytes: number;
  /** Told when it shows only later that the files are not what they were. */
  readonly onDamage: (() => void) | null;
}

/** null: they are not the same all the same. */
export async function openAsClosed(options: ClosedFolderOptions): Promise<ClosedFolder | null> {
  const { folder, sessionId, manifest, onDamage } = options;
  const onDisk = await openFolderFiles(folder, false);
  let closed = false;
  async function close(): Promise<void> {
    closed = true;
    await onDisk.close();
  }
  try {
    const files = onDisk.withSizes(onDisk.sizes);
    const lines: PlacedLine[] = [];
    await readLines(files.journal.read, files.journal.size, (placed) => lines.push(placed));
    const small = totalBytes(onDisk.sizes) <= options.smallBytes;
    const known = small ? await lookThrough(files, lines, manifest) : await takeWord(files, lines, manifest);
    if (!known) {
      await close();
      return null;
    }
    const { counts, durationMs, entrySeqs } = known;
    const log = createStoredLog(sessionId, files, { tally: createCountTally(counts), lastAtMs: durationMs });
    restoreLines(log, lines, entrySeqs);
    const { seal } = manifest;
    if (!small && seal && onDamage) {
      const tell = (sealed: boolean): void => void (sealed || closed || onDamage());
      isSealed(files, seal, () => closed).then(tell, () => tell(false));
    }
    return { reader: log, manifest: { ...manifest, counts, durationMs }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Looks at everything. Sessions without checksums are of an older version: their index is held against the other files. */
async function lookThrough(
  files: LogFiles,
  lines: readonly PlacedLine[],
  { seal }: Manifest,
): Promise<Known | null> {
  if (seal && !(await isSealed(files, seal))) return null;
  const facts = { wireBytes: files.wire.size, readCount: files.reads.size / READ_BYTES, lines };
  const audit = await auditIndex(files.index, facts, () => undefined);
  const isWhole =
    audit.count * RECORD_BYTES === files.index.size &&
    audit.lost.length === 0 &&
    audit.unexplainedSeq === null &&
    audit.entrySeqs.length === lines.filter(({ line }) => !isTypeLine(line)).length;
  if (!isWhole && !seal) return null;
  const tally = isWhole ? audit.tally : createCountTally();
  const entrySeqs = isWhole ? audit.entrySeqs : await tallyRecords(files.index, tally);
  const durationMs = Math.max(audit.lastAtMs, await lastReadAtMs(files));
  return { counts: tally.snapshot(files.wire.size), durationMs, entrySeqs };
}

async function lastReadAtMs({ reads }: LogFiles): Promise<number> {
  if (reads.size < READ_BYTES) return 0;
  const atMs = (await reads.read(reads.size - READ_BYTES, reads.size)).readDoubleLE(8);
  return atMs >= 0 && atMs < Infinity ? atMs : 0;
}

/** Takes the manifest at its word where it cannot be all wrong. */
async function takeWord(
  files: LogFiles,
  lines: readonly PlacedLine[],
  { counts, durationMs }: Manifest,
): Promise<Known | null> {
  const { entries, events, comments, bodyBytes } = counts;
  const fits =
    entries * RECORD_BYTES === files.index.size &&
    bodyBytes === files.wire.size &&
    [events, comments, entries - events - comments].every((count) => count >= 0);
  return fits ? { counts, durationMs, entrySeqs: await placesOf(files, lines) } : null;
}

/** Where the entries of the journal stand in the log, as their lines say. */
async function placesOf(files: LogFiles, lines: readonly PlacedLine[]): Promise<readonly number[]> {
  const placed = lines.flatMap(({ line, offset }) => (isTypeLine(line) ? [] : [{ seq: line.seq, offset }]));
  const last = placed.at(-1);
  if (!last || (await entryOffsetAt(files, last.seq)) === last.offset) return placed.map(({ seq }) => seq);
  // An index that was built anew may number the entries differently: then it is the one to believe.
  return tallyRecords(files.index, createCountTally());
}

/** Where the journal entry with this number stands in the journal; -1 when it is none. */
async function entryOffsetAt({ index }: LogFiles, seq: number): Promise<number> {
  const bytes = await index.read(seq * RECORD_BYTES, (seq + 1) * RECORD_BYTES);
  if (bytes.length < RECORD_BYTES) return -1;
  const record = readRecord(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  return isJournalKind(record.kindNumber) ? record.offset : -1;
}
