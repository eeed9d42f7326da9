/**
 * One entry's record in `frames.idx`: 32 bytes, little-endian, so the n-th entry is one seek and a DataView over the file is
 * the index. Journal entries have a record too; their offset and length are in `journal.ndjson`.
 *
 * | at | type | field |
 * | 0 | f64 | offset, bytes |
 * | 8 | f64 | atMs: arrival of the last byte, session clock |
 * | 16 | u32 | length, bytes |
 * | 20 | u16 | attempt |
 * | 22 | u16 | event type number (frames of kind event), else 0 |
 * | 24 | u8 | kind: index in FRAME_KINDS, or 64 + index in JOURNAL_KINDS |
 * | 25 | u8 | FRAME_FLAGS |
 * | 26 | u8 | framing of its body: index in FRAMINGS; 0 for journal entries |
 * | 27 | u8 | 0 |
 * | 28 | u32 | number of the socket read that brought the first byte |
 */
import { FRAME_KINDS } from '../sse/types.ts';
import { JOURNAL_KINDS, type EntryKind } from './entry.ts';

export const RECORD_BYTES = 32;
export const JOURNAL_KIND_BASE = 64;

/** Type numbers above this are shared: the name must be read from the frame. */
export const MAX_TYPE_NUMBER = 0xffff;

export interface IndexRecord {
  offset: number;
  atMs: number;
  length: number;
  attempt: number;
  typeNumber: number;
  kindNumber: number;
  flags: number;
  firstRead: number;
  /** Index in FRAMINGS; 0 for journal entries. */
  framing: number;
}

/** The kind that a record's number stands for. Unknown numbers, of a newer format, read as `unknown`. */
export function kindOf(kindNumber: number): EntryKind {
  return (
    (kindNumber >= JOURNAL_KIND_BASE
      ? JOURNAL_KINDS[kindNumber - JOURNAL_KIND_BASE]
      : FRAME_KINDS[kindNumber]) ?? 'unknown'
  );
}

export function kindNumberOf(kind: EntryKind): number {
  const frame = FRAME_KINDS.indexOf(kind as never);
  return frame >= 0 ? frame : JOURNAL_KIND_BASE + JOURNAL_KINDS.indexOf(kind as never);
}

export function isJournalKind(kindNumber: number): boolean {
  return kindNumber >= JOURNAL_KIND_BASE;
}

/** Writes a record at byte `at` of `view`. */
export function writeRecord(view: DataView, at: number, record: Readonly<IndexRecord>): void {
  view.setFloat64(at, record.offset, true);
  view.setFloat64(at + 8, record.atMs, true);
  view.setUint32(at + 16, record.length, true);
  view.setUint16(at + 20, record.attempt, true);
  view.setUint16(at + 22, record.typeNumber, true);
  view.setUint8(at + 24, record.kindNumber);
  view.setUint8(at + 25, record.flags);
  view.setUint8(at + 26, record.framing);
  view.setUint8(at + 27, 0);
  view.setUint32(at + 28, record.firstRead, true);
}

/** Reads the record at byte `at` of `view`. */
export function readRecord(view: DataView, at: number): IndexRecord {
  return {
    offset: view.getFloat64(at, true),
    atMs: view.getFloat64(at + 8, true),
    length: view.getUint32(at + 16, true),
    attempt: view.getUint16(at + 20, true),
    typeNumber: view.getUint16(at + 22, true),
    kindNumber: view.getUint8(at + 24),
    flags: view.getUint8(at + 25),
    firstRead: view.getUint32(at + 28, true),
    framing: view.getUint8(at + 26),
  };
}
