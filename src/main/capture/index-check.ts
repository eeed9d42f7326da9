/**
 * How much of an index can be believed, and what it holds. An index that was not closed properly is believed up to its last
 * event; what follows is read again from the bytes.
 */
import {
  readRecord,
  RECORD_BYTES,
  kindNumberOf,
  isJournalKind,
  MAX_TYPE_NUMBER,
} from '../../shared/session/index-record.ts';
import type { IndexRecord } from '../../shared/session/index-record.ts';
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

async function readBlock(read: ReadBytes, from: number, to: number): Promise<DataView> {
  const bytes = await read(from * RECORD_BYTES, to * RECORD_BYTES);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function fits(record: IndexRecord, bounds: IndexBounds): boolean {
  const end = record.offset + record.length;
  if (!Number.isFinite(record.atMs) || !(record.offset >= 0)) return false;
  if (isJournalKind(record.kindNumber)) return end <= bounds.journalBytes;
  const typeKnown = record.typeNumber === MAX_TYPE_NUMBER || record.typeNumber < bounds.typeCount;
  return (
    record.kindNumber < FRAME_KINDS.length &&
    end <= bounds.wireBytes &&
    (record.kindNumber !== EVENT || typeKnown)
  );
}

/**
 * The last event whose record fits the other files, with its number; null when there is none, or when frames near the end do
 * not lie end to end, which no crash leaves behind: then the whole index is to be built anew.
 */
export async function lastGoodEvent(
  read: ReadBytes,
  count: number,
  bounds: IndexBounds,
): Promise<{ readonly seq: number; readonly record: IndexRecord } | null> {
  let nextOffset = -1;
  let fitting = false;
  for (let to = count; to > 0; to -= BLOCK_RECORDS) {
    const from = Math.max(0, to - BLOCK_RECORDS);
    const view = await readBlock(read, from, to);
    let found: { readonly seq: number; readonly record: IndexRecord } | null = null;
    for (let seq = to - 1; seq >= from; seq -= 1) {
      const record = readRecord(view, (seq - from) * RECORD_BYTES);
      if (!fits(record, bounds)) {
        // Records that do not fit may only stand at the very end.
        if (fitting) return null;
        continue;
      }
      fitting = true;
      if (isJournalKind(record.kindNumber)) continue;
      if (nextOffset >= 0 && record.offset + record.length !== nextOffset) return null;
      nextOffset = record.offset;
      if (record.kindNumber === EVENT) found ??= { seq, record };
    }
    if (found) return found;
  }
  return null;
}

/** Counts the first `count` records into `tally`, and returns where the journal's entries stand among them. */
export async function tallyRecords(read: ReadBytes, count: number, tally: CountTally): Promise<number[]> {
  const entrySeqs: number[] = [];
  for (let from = 0; from < count; from += BLOCK_RECORDS) {
    const view = await readBlock(read, from, Math.min(count, from + BLOCK_RECORDS));
    for (let at = 24; at < view.byteLength; at += RECORD_BYTES) {
      const kindNumber = view.getUint8(at);
      tally.add(kindNumber);
      if (isJournalKind(kindNumber)) entrySeqs.push(from + (at - 24) / RECORD_BYTES);
    }
  }
  return entrySeqs;
}
