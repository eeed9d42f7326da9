/**
 * A session's log over its four files: what goes where, and how it is read again. It has no timers and never writes by
 * itself; file-log does that for a live session, folder-opening for one that needs repair. Formats: docs/formats.md.
 */
import type { MonotonicMs, SeqNo } from '../../shared/base/clock.ts';
import type { JournalEntry, NumberedJournalEntry } from '../../shared/session/entry.ts';
import { createEventTypes } from '../../shared/session/event-types.ts';
import {
  kindNumberOf,
  RECORD_BYTES,
  writeRecord,
  type IndexRecord,
} from '../../shared/session/index-record.ts';
import type { SessionReader, StoredBytes } from '../../shared/session/log.ts';
import { createCountTally, type CountTally } from '../../shared/session/session-counts.ts';
import type { AppendFile } from './append-file.ts';
import {
  decodeLine,
  encodeLine,
  isTypeLine,
  readLines,
  type EntryLine,
  type PlacedLine,
} from './journal-line.ts';
import { createReadsFile } from './reads-file.ts';

export interface LogFiles {
  readonly wire: AppendFile;
  readonly reads: AppendFile;
  readonly index: AppendFile;
  readonly journal: AppendFile;
}

/**
 * The order in which the files are written: what describes bytes comes before the bytes, and the index, which is derived,
 * comes last. So whatever stands in a file at a crash is explained by the files before it, and cutting those back to the
 * bytes gives an exact earlier state.
 */
export function inWriteOrder({ journal, reads, wire, index }: LogFiles): readonly AppendFile[] {
  return [journal, reads, wire, index];
}

export interface StoredLog extends SessionReader {
  storedBytes(): StoredBytes;
  appendWire(bytes: Uint8Array, atMs: MonotonicMs): void;
  appendFrame(record: IndexRecord, eventType: string | null): SeqNo;
  extendLastFrame(): void;
  appendEntry(entry: JournalEntry, atMs: MonotonicMs): SeqNo;
  /** Gives an entry that stands in the journal already its record in the index. */
  indexEntry(line: EntryLine, offset: number, length: number): SeqNo;
  /** Takes note of a journal line whose record, if it needs one, is in the index; `seq` is its place there. */
  restoreLine(placed: PlacedLine, seq: SeqNo): void;
}

/** What is known of files that are not empty. */
export interface StoredState {
  readonly tally: CountTally;
  readonly lastAtMs: MonotonicMs;
}

export function createStoredLog(
  sessionId: string,
  files: LogFiles,
  state: StoredState = { tally: createCountTally(), lastAtMs: 0 },
): StoredLog {
  const { wire, index, journal } = files;
  const { tally } = state;
  const reads = createReadsFile(files.reads, () => wire.size);
  const types = createEventTypes((type, name) => journal.append(encodeLine({ type, name })));
  /** Where the entries of the journal stand in the log, in order. */
  const entrySeqs: number[] = [];
  /** The last frame, which may have to grow. */
  let frameSeq = -1;
  let frameLength = 0;
  let lastAtMs = state.lastAtMs;

  /** The index says it too; asking it once an event would cost as much as writing the record. */
  let entries = index.size / RECORD_BYTES;
  const count = (): number => entries;

  function appendRecord(record: Readonly<IndexRecord>): SeqNo {
    const seq = entries;
    entries += 1;
    const at = index.reserve(RECORD_BYTES);
    writeRecord(index.view, at, record);
    tally.add(record.kindNumber);
    if (record.atMs > lastAtMs) lastAtMs = record.atMs;
    return seq;
  }

  function indexEntry({ atMs, wire: at, entry }: EntryLine, offset: number, length: number): SeqNo {
    const attempt = 'attempt' in entry ? entry.attempt : 0;
    const kindNumber = kindNumberOf(entry.kind);
    const seq = appendRecord({ ...EMPTY_RECORD, offset, atMs, length, attempt, kindNumber });
    entrySeqs.push(seq);
    if (entry.kind === 'attempt-start') reads.attemptBegins(at, entry.attempt);
    return seq;
  }

  return {
    sessionId,
    get count() {
      return count();
    },
    get counts() {
      return tally.snapshot(wire.size);
    },
    get wireBytes() {
      return wire.size;
    },
    eventTypes: types.names,
    get lastAtMs() {
      return lastAtMs;
    },
    async readRecords(from, to) {
      const first = Math.min(Math.max(0, from), count());
      const bytes = await index.read(first * RECORD_BYTES, Math.min(to, count()) * RECORD_BYTES);
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    readWire: (offset, length) => wire.read(offset, offset + length),
    async readJournal(record) {
      const bytes = await journal.read(record.offset, record.offset + record.length);
      const line = decodeLine(bytes.toString('utf8'));
      if (!line || isTypeLine(line)) throw new Error('The journal of this session is damaged at this entry');
      return line.entry;
    },
    async journal() {
      const entries: NumberedJournalEntry[] = [];
      await readLines(journal.read, journal.size, ({ line }) => {
        if (isTypeLine(line)) return;
        const seq = entrySeqs[entries.length];
        if (seq !== undefined) entries.push({ seq, atMs: line.atMs, entry: line.entry });
      });
      return entries;
    },
    readsIn: reads.touching,
    storedBytes: () => ({
      wire: wire.storedBytes,
      index: index.storedBytes,
      journal: journal.storedBytes,
    }),
    appendWire(bytes, atMs) {
      if (bytes.length === 0) return;
      reads.append(wire.size, atMs);
      wire.append(bytes);
      if (atMs > lastAtMs) lastAtMs = atMs;
    },
    appendFrame(record, eventType) {
      record.typeNumber = eventType === null ? 0 : types.numberOf(eventType);
      frameSeq = appendRecord(record);
      frameLength = record.length;
      return frameSeq;
    },
    extendLastFrame() {
      if (frameSeq < 0) return;
      frameLength += 1;
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(frameLength);
      index.overwrite(frameSeq * RECORD_BYTES + LENGTH_AT, bytes);
    },
    appendEntry(entry, atMs) {
      const line: EntryLine = { seq: count(), atMs, wire: wire.size, entry };
      const bytes = encodeLine(line);
      const offset = journal.size;
      journal.append(bytes);
      return indexEntry(line, offset, bytes.length);
    },
    indexEntry,
    restoreLine({ line }, seq) {
      if (isTypeLine(line)) {
        types.restore(line.type, line.name);
        return;
      }
      entrySeqs.push(seq);
      if (line.entry.kind === 'attempt-start') reads.attemptBegins(line.wire, line.entry.attempt);
    },
  };
}

/** Place of the length within a record. */
const LENGTH_AT = 16;

const EMPTY_RECORD: Readonly<IndexRecord> = {
  offset: 0,
  atMs: 0,
  length: 0,
  attempt: 0,
  typeNumber: 0,
  kindNumber: 0,
  flags: 0,
  firstRead: 0,
  framing: 0,
};
