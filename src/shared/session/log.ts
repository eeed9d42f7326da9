/**
 * The ports to a session's log. A reader never sees a path; a writer never sees a view. Reading while writing is normal:
 * everything appended can be read at once, whether it has reached the disk or not.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { JournalEntry, NumberedJournalEntry, SessionCounts } from './entry.ts';
import type { IndexRecord } from './index-record.ts';

/** One socket read: where its bytes begin in the session's body bytes, and when it came. */
export interface SocketRead {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly atMs: MonotonicMs;
  readonly attempt: number;
}

/** How many bytes from the start of each file hold what a reader reads, for sure and for good. */
export interface StoredBytes {
  readonly wire: number;
  readonly index: number;
  readonly journal: number;
}

export interface SessionReader {
  readonly sessionId: string;
  /** Entries that can be read: sequence numbers 0 to count - 1. */
  readonly count: number;
  readonly counts: SessionCounts;
  /** Body bytes kept so far. */
  readonly wireBytes: number;
  /** Names of event types by type number; only ever grows. */
  readonly eventTypes: readonly string[];
  /** Arrival of the newest byte or entry. */
  readonly lastAtMs: MonotonicMs;
  /**
   * Records of entries `from` (inclusive) to `to` (exclusive), RECORD_BYTES each, clamped to what there is. The buffer may be
   * shared: read it, do not write it, and do not keep it over the next call.
   */
  readRecords(from: SeqNo, to: SeqNo): Promise<DataView>;
  /** Body bytes from `offset`, at most `length` of them, clamped to what there is. */
  readWire(offset: number, length: number): Promise<Uint8Array>;
  /** The journal entry that a record of a journal kind points to. */
  readJournal(record: Readonly<IndexRecord>): Promise<JournalEntry>;
  /** All journal entries in order. They are rare. */
  journal(): Promise<readonly NumberedJournalEntry[]>;
  /** Socket reads whose bytes touch the range. */
  readsIn(offset: number, length: number): Promise<readonly SocketRead[]>;
  /** For readers that go to the files themselves. Missing: nothing is in files. */
  storedBytes?(): StoredBytes;
}

/** What the writer hears when storing fails; it is told once, and everything stored before stays readable. */
export type StorageFailed = (error: Error) => void;

/**
 * Appending is synchronous and cheap (buffers); `drained` resolves when the writer may go on. A log has one writer.
 */
export interface SessionLog extends SessionReader {
  /** Adds one socket read. The bytes are copied or written before `drained` resolves; the caller may reuse them after that. */
  appendWire(bytes: Uint8Array, atMs: MonotonicMs, attempt: number): void;
  /** Adds a frame's record; `typeNumber` is filled in from `eventType`. */
  appendFrame(record: IndexRecord, eventType: string | null): SeqNo;
  /** The last frame's CR turned out to be a CRLF: its record grows by one byte. */
  extendLastFrame(): void;
  appendEntry(entry: JournalEntry, atMs: MonotonicMs): SeqNo;
  /** Resolves at once while the backlog is small, else when it has been written. Rejects after a storage failure. */
  drained(): Promise<void>;
  /** Resolves when everything appended so far is in the files. */
  flush(): Promise<void>;
  /** Calls back after appends, at most once a turn of the event loop. Returns the function that ends it. */
  onAppend(listener: () => void): () => void;
  close(): Promise<void>;
}
