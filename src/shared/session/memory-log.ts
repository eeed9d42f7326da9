/**
 * A session's log in memory with a byte budget. When the budget is used up the oldest entries are let go, and an
 * `entries-dropped` entry says so: their records then read as that kind, so numbering never shifts. Never touches a disk.
 */
import type { SeqNo } from '../base/clock.ts';
import { createAppendListeners } from './append-listeners.ts';
import { createByteBlocks } from './byte-blocks.ts';
import type { JournalEntry, NumberedJournalEntry } from './entry.ts';
import { createEventTypes } from './event-types.ts';
import { isJournalKind, kindNumberOf, readRecord, RECORD_BYTES, writeRecord } from './index-record.ts';
import type { IndexRecord } from './index-record.ts';
import type { SessionLog } from './log.ts';
import { createReadTable } from './read-table.ts';
import { createCountTally } from './session-counts.ts';

const DROPPED_KIND = kindNumberOf('entries-dropped');
/** A drop frees this part of the budget, so that drops are rare. */
const DROP_SHARE = 1 / 8;
/** Records that are looked at in one go when entries are let go. */
const RECORDS_AT_ONCE = 1024;

export interface MemoryLogOptions {
  readonly sessionId: string;
  /** Body bytes, records, reads and journal together. */
  readonly maxBytes: number;
}

/** Creates an empty log that keeps about `maxBytes` of its newest entries. */
export function createMemoryLog({ sessionId, maxBytes }: MemoryLogOptions): SessionLog {
  const blockBytes = RECORD_BYTES * Math.max(1, Math.min(8192, Math.floor(maxBytes / 16 / RECORD_BYTES)));
  const wire = createByteBlocks(blockBytes);
  const records = createByteBlocks(blockBytes);
  const reads = createReadTable(blockBytes);
  const types = createEventTypes();
  const tally = createCountTally();
  const listeners = createAppendListeners();
  /** By seq; the record of an entry has its seq as offset. */
  const journal = new Map<number, NumberedJournalEntry>();
  const scratch = new DataView(new ArrayBuffer(RECORD_BYTES));
  const scratchBytes = new Uint8Array(scratch.buffer);
  let journalBytes = 0;
  let lastAtMs = 0;
  let lastFrameSeq = -1;
  let dropped = { count: 0, bytes: 0, firstKeptSeq: 0 };

  const count = (): number => records.end / RECORD_BYTES;
  const usedBytes = (): number =>
    wire.end - wire.start + (records.end - records.start) + reads.usedBytes + journalBytes;

  function recordAt(seq: SeqNo): IndexRecord {
    return readRecord(new DataView(records.read(seq * RECORD_BYTES, (seq + 1) * RECORD_BYTES).buffer), 0);
  }

  function appendRecord(record: Readonly<IndexRecord>): SeqNo {
    const seq = count();
    writeRecord(scratch, 0, record);
    records.append(scratchBytes);
    tally.add(record.kindNumber);
    lastAtMs = Math.max(lastAtMs, record.atMs);
    listeners.appended();
    return seq;
  }

  function appendJournal(entry: JournalEntry, atMs: number): SeqNo {
    const seq = count();
    const length = JSON.stringify(entry).length;
    const attempt = 'attempt' in entry ? entry.attempt : 0;
    const kindNumber = kindNumberOf(entry.kind);
    journal.set(seq, { seq, atMs, entry });
    journalBytes += length;
    return appendRecord({
      offset: seq,
      atMs,
      length,
      attempt,
      typeNumber: 0,
      kindNumber,
      flags: 0,
      firstRead: 0,
      framing: 0,
    });
  }

  function forgetJournal(seq: SeqNo, record: IndexRecord): void {
    journal.delete(seq);
    journalBytes -= record.length;
  }

  /** Lets the oldest entries go until the budget holds again. The newest entry always stays. */
  function keepToBudget(): void {
    let used = usedBytes();
    if (used <= maxBytes) return;
    const goal = maxBytes * (1 - DROP_SHARE);
    const wireStart = wire.start;
    let keptFrom = wireStart;
    const firstSeq = records.start / RECORD_BYTES;
    let seq = firstSeq;
    let view: DataView | null = null;
    let viewSeq = seq;
    while (used > goal && seq < count() - 1) {
      if (!view || seq - viewSeq === RECORDS_AT_ONCE) {
        viewSeq = seq;
        view = new DataView(records.read(seq * RECORD_BYTES, (seq + RECORDS_AT_ONCE) * RECORD_BYTES).buffer);
      }
      const record = readRecord(view, (seq - viewSeq) * RECORD_BYTES);
      used -= RECORD_BYTES;
      if (isJournalKind(record.kindNumber)) {
        forgetJournal(seq, record);
        used -= record.length;
      } else {
        const end = record.offset + record.length;
        used -= Math.max(0, end - keptFrom);
        keptFrom = Math.max(keptFrom, end);
      }
      seq += 1;
    }
    wire.dropBefore(keptFrom);
    reads.dropBefore(keptFrom);
    records.dropBefore(seq * RECORD_BYTES);
    if (seq === firstSeq) return;
    dropped = {
      count: dropped.count + seq - firstSeq,
      bytes: dropped.bytes + wire.start - wireStart,
      firstKeptSeq: seq,
    };
    appendJournal({ kind: 'entries-dropped', ...dropped }, lastAtMs);
  }

  /** What is read in place of entries that were let go. */
  function writeDroppedRecords(view: DataView, from: SeqNo, to: SeqNo): void {
    const stand = {
      atMs: 0,
      length: 0,
      attempt: 0,
      typeNumber: 0,
      kindNumber: DROPPED_KIND,
      flags: 0,
      firstRead: 0,
      framing: 0,
    };
    for (let seq = from; seq < to; seq += 1)
      writeRecord(view, (seq - from) * RECORD_BYTES, { offset: seq, ...stand });
  }

  return {
    sessionId,
    get count() {
      return count();
    },
    get counts() {
      return tally.snapshot(wire.end - wire.start);
    },
    get wireBytes() {
      return wire.end;
    },
    eventTypes: types.names,
    get lastAtMs() {
      return lastAtMs;
    },
    async readRecords(from, to) {
      const last = Math.min(to, count());
      const first = Math.min(Math.max(0, from), last);
      const kept = Math.min(Math.max(first, records.start / RECORD_BYTES), last);
      const bytes = new Uint8Array((last - first) * RECORD_BYTES);
      bytes.set(records.read(kept * RECORD_BYTES, last * RECORD_BYTES), (kept - first) * RECORD_BYTES);
      const view = new DataView(bytes.buffer);
      writeDroppedRecords(view, first, kept);
      return view;
    },
    readWire: async (offset, length) => wire.read(offset, offset + length),
    async readJournal(record) {
      return journal.get(record.offset)?.entry ?? { kind: 'entries-dropped', ...dropped };
    },
    journal: async () => [...journal.values()],
    readsIn: async (offset, length) => reads.touching(offset, length, wire.end),
    appendWire(bytes, atMs, attempt) {
      if (bytes.length === 0) return;
      reads.append(wire.end, atMs, attempt);
      wire.append(bytes);
      lastAtMs = Math.max(lastAtMs, atMs);
      listeners.appended();
    },
    appendFrame(record, eventType) {
      record.typeNumber = eventType === null ? 0 : types.numberOf(eventType);
      const seq = appendRecord(record);
      lastFrameSeq = seq;
      keepToBudget();
      return seq;
    },
    extendLastFrame() {
      if (lastFrameSeq * RECORD_BYTES < records.start) return;
      const record = recordAt(lastFrameSeq);
      record.length += 1;
      writeRecord(scratch, 0, record);
      records.write(lastFrameSeq * RECORD_BYTES, scratchBytes);
      listeners.appended();
    },
    appendEntry(entry, atMs) {
      const seq = appendJournal(entry, atMs);
      keepToBudget();
      return seq;
    },
    drained: async () => {},
    flush: async () => {},
    onAppend: listeners.add,
    close: async () => {},
  };
}
