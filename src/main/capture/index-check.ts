/**
 * How much of an index can be believed after a crash, and what it holds. Records at its very end may speak of bytes that
 * never arrived; anything else that does not fit means that it is not the index of these bytes.
 */
import {
  isJournalKind,
  kindNumberOf,
  MAX_TYPE_NUMBER,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../../shared/session/index-record.ts';
import type { CountTally } from '../../shared/session/session-counts.ts';
import { FRAME_KINDS } from '../../shared/sse/types.ts';

const EVENT = kindNumberOf('event');
const BLOCK_RECORDS = 4096;

export type ReadBytes = (from: number, to: number) => Promise<Buffer>;

/** What the other files say, to check records against. */
export interface IndexBounds {
  readonly wireBytes: number;
  readonly journalBytes: number;
  readonly typeCount: number;
}

export interface NumberedRecord {
  readonly seq: number;
  readonly record: IndexRecord;
}

/** The end of an index, as far as it fits. */
export interface IndexEnd {
  /** Records that fit, from the first on. */
  readonly count: number;
  /** Arrival of the last of them. */
  readonly lastAtMs: number;
  /** Where the last frame among them ends; 0 when there is none. */
  readonly frameEnd: number;
  /** The last event among them, near the end. */
  readonly lastEvent: NumberedRecord | null;
}

export async function readRecords(read: ReadBytes, from: number, to: number): Promise<DataView> {
  const bytes = await read(from * RECORD_BYTES, to * RECORD_BYTES);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fits(record: IndexRecord, bounds: IndexBounds): boolean {
  const end = record.offset + record.length;
  if (!Number.isFinite(record.atMs) || !(record.offset >= 0)) return false;
  if (isJournalKind(record.kindNumber)) return end <= bounds.journalBytes;
  const known = record.typeNumber === MAX_TYPE_NUMBER || record.typeNumber < bounds.typeCount;
  return (
    record.kindNumber < FRAME_KINDS.length &&
    record.length > 0 &&
    end <= bounds.wireBytes &&
    (record.kindNumber !== EVENT || known)
  );
}

/**
 * Looks backwards from record `count` until an event fits. Null when frames do not lie end to end or a record before one that
 * fits does not: no crash leaves that behind.
 */
export async function checkIndexEnd(
  read: ReadBytes,
  count: number,
  bounds: IndexBounds,
): Promise<IndexEnd | null> {
  let end = null as { count: number; lastAtMs: number; frameEnd: number } | null;
  let nextOffset = -1;
  for (let to = count; to > 0; to -= BLOCK_RECORDS) {
    const from = Math.max(0, to - BLOCK_RECORDS);
    const view = await readRecords(read, from, to);
    let lastEvent = null as NumberedRecord | null;
    for (let seq = to - 1; seq >= from; seq -= 1) {
      const record = readRecord(view, (seq - from) * RECORD_BYTES);
      if (!fits(record, bounds)) {
        if (end) return null;
        continue;
      }
      end ??= { count: seq + 1, lastAtMs: record.atMs, frameEnd: 0 };
      if (isJournalKind(record.kindNumber)) continue;
      const frameEnd = record.offset + record.length;
      if (nextOffset < 0) end.frameEnd = frameEnd;
      else if (frameEnd !== nextOffset) return null;
      nextOffset = record.offset;
      if (record.kindNumber === EVENT) lastEvent ??= { seq, record };
    }
    if (end && lastEvent) return { ...end, lastEvent };
  }
  return end && { ...end, lastEvent: null };
}

/** Counts the first `count` records into `tally`, and returns where the journal's entries stand among them. */
export async function tallyRecords(read: ReadBytes, count: number, tally: CountTally): Promise<number[]> {
  const entrySeqs: number[] = [];
  for (let from = 0; from < count; from += BLOCK_RECORDS) {
    const view = await readRecords(read, from, Math.min(count, from + BLOCK_RECORDS));
    for (let at = 24; at < view.byteLength; at += RECORD_BYTES) {
      const kindNumber = view.getUint8(at);
      tally.add(kindNumber);
      if (isJournalKind(kindNumber)) entrySeqs.push(from + (at - 24) / RECORD_BYTES);
    }
  }
  return entrySeqs;
}
