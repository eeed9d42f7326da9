/**
 * How much of an index can be believed, and what it holds. Its records are held against the other files, from the first one on:
 * frames lie end to end within the bytes, and entries point to lines of the journal. Says nothing of what the bytes mean.
 */
import {
  isJournalKind,
  kindNumberOf,
  MAX_TYPE_NUMBER,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../../shared/session/index-record.ts';
import { JOURNAL_KINDS } from '../../shared/session/entry.ts';
import { createCountTally, type CountTally } from '../../shared/session/session-counts.ts';
import { FRAMINGS } from '../../shared/sse/framing.ts';
import { FRAME_KINDS } from '../../shared/sse/types.ts';
import type { AppendFile } from './append-file.ts';
import { isTypeLine, type PlacedLine } from './journal-line.ts';

const EVENT = kindNumberOf('event');
const LAST_JOURNAL_KIND = kindNumberOf('attempt-start') + JOURNAL_KINDS.length - 1;
const BLOCK_RECORDS = 4096;

/** What the other files say, to hold records against. */
export interface AuditFacts {
  readonly wireBytes: number;
  readonly readCount: number;
  readonly lines: readonly PlacedLine[];
}

export interface NumberedRecord {
  readonly seq: number;
  readonly record: IndexRecord;
}

/** An entry that the index has and the journal no longer. */
export interface LostEntry {
  readonly seq: number;
  readonly kindNumber: number;
  /** Where it stood in the journal. */
  readonly offset: number;
  /** Where it stood among the body bytes, at least. */
  readonly wire: number;
}

export interface IndexAudit {
  /** Records that fit, from the first on. */
  readonly count: number;
  /** Of those records. */
  readonly tally: CountTally;
  /** Where the journal's entries stand among them. */
  readonly entrySeqs: readonly number[];
  readonly lastAtMs: number;
  /** Where the last frame among them ends. */
  readonly frameEnd: number;
  readonly lastEvent: NumberedRecord | null;
  readonly lost: readonly LostEntry[];
  /** The first frame whose type the journal does not name (any longer), or whose read is not there; null when there is none. */
  readonly unexplainedSeq: number | null;
}

export async function auditIndex(
  index: Pick<AppendFile, 'size' | 'read'>,
  facts: AuditFacts,
  onBlock: (done: number) => void,
): Promise<IndexAudit> {
  const total = Math.floor(index.size / RECORD_BYTES);
  const judge = createJudge(facts);
  for (let from = 0; from < total; from += BLOCK_RECORDS) {
    const to = Math.min(total, from + BLOCK_RECORDS);
    const bytes = await index.read(from * RECORD_BYTES, to * RECORD_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES)
      if (!judge.take(readRecord(view, at))) return judge.result();
    onBlock(to * RECORD_BYTES);
  }
  return judge.result();
}

function createJudge({ wireBytes, readCount, lines }: AuditFacts) {
  const entryLines = lines.filter(({ line }) => !isTypeLine(line));
  const typeCount = lines.length - entryLines.length;
  let nextLine = 0;
  const tally = createCountTally();
  const entrySeqs: number[] = [];
  const lost: LostEntry[] = [];
  let count = 0;
  let lastAtMs = 0;
  let frameEnd = 0;
  let journalEnd = 0;
  let firstRead = 0;
  let lastEvent: NumberedRecord | null = null;
  let unexplainedSeq: number | null = null;

  /** The next entry of the journal, or one before it that is lost. */
  function takeEntry({ offset, length, kindNumber, atMs }: IndexRecord): boolean {
    if (offset < journalEnd || length === 0 || kindNumber > LAST_JOURNAL_KIND) return false;
    const next = entryLines[nextLine];
    if (next && offset > next.offset) return false;
    if (next?.offset === offset) {
      const { line } = next;
      if (isTypeLine(line) || next.length !== length || line.atMs !== atMs) return false;
      if (kindNumberOf(line.entry.kind) !== kindNumber) return false;
      nextLine += 1;
    } else {
      lost.push({ seq: count, kindNumber, offset, wire: frameEnd });
    }
    journalEnd = offset + length;
    entrySeqs.push(count);
    return true;
  }

  function takeFrame(record: IndexRecord): boolean {
    const { offset, length, kindNumber, typeNumber } = record;
    const fits =
      kindNumber < FRAME_KINDS.length &&
      offset === frameEnd &&
      length > 0 &&
      offset + length <= wireBytes &&
      record.framing < FRAMINGS.length &&
      record.firstRead >= firstRead;
    if (!fits) return false;
    frameEnd = offset + length;
    firstRead = record.firstRead;
    const isEvent = kindNumber === EVENT;
    if (isEvent) lastEvent = { seq: count, record };
    const isNamed = !isEvent || typeNumber < typeCount || typeNumber === MAX_TYPE_NUMBER;
    if (!isNamed || firstRead >= readCount) unexplainedSeq ??= count;
    return true;
  }

  return {
    /** Whether the next record fits. */
    take(record: IndexRecord): boolean {
      if (!(record.atMs >= 0 && record.atMs < Infinity) || !(record.offset >= 0)) return false;
      const fits = isJournalKind(record.kindNumber) ? takeEntry(record) : takeFrame(record);
      if (!fits) return false;
      tally.add(record.kindNumber);
      lastAtMs = Math.max(lastAtMs, record.atMs);
      count += 1;
      return true;
    },
    result: (): IndexAudit => ({
      count,
      tally,
      entrySeqs,
      lastAtMs,
      frameEnd,
      lastEvent,
      lost,
      unexplainedSeq,
    }),
  };
}

/** Counts all records into `tally` without a look at what they say, and returns where the journal's entries stand among them. */
export async function tallyRecords(
  index: Pick<AppendFile, 'size' | 'read'>,
  tally: CountTally,
): Promise<number[]> {
  const entrySeqs: number[] = [];
  const count = Math.floor(index.size / RECORD_BYTES);
  for (let from = 0; from < count; from += BLOCK_RECORDS) {
    const to = Math.min(count, from + BLOCK_RECORDS);
    const bytes = await index.read(from * RECORD_BYTES, to * RECORD_BYTES);
    for (let at = 24; at < bytes.length; at += RECORD_BYTES) {
      const kindNumber = bytes[at] as number;
      tally.add(kindNumber);
      if (isJournalKind(kindNumber)) entrySeqs.push(from + (at - 24) / RECORD_BYTES);
    }
  }
  return entrySeqs;
}
