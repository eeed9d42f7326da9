/**
 * A range of a log as decoded entries: frames with what they mean, journal entries as they are. Reads in slices of bounded
 * size and in order; never holds more than one slice and writes nothing.
 *
 * The last event ID at the start of a range is found by going back to the nearest frame before it whose id counted, or to the
 * nearest attempt that sent a Last-Event-ID, whichever is later; it is "" when there is neither.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { JournalEntry } from '../session/entry.ts';
import {
  isJournalKind,
  kindOf,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../session/index-record.ts';
import type { SessionReader } from '../session/log.ts';
import { createBlockParser, type BlockParser } from '../sse/block-parser.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { FRAME_FLAGS, type FrameEnd, type FrameKind } from '../sse/types.ts';
import type { ExportRange } from './exporter.ts';

export interface DecodedFrame {
  readonly what: 'frame';
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  readonly attempt: number;
  readonly kind: FrameKind;
  readonly offset: number;
  readonly length: number;
  /** FRAME_FLAGS. */
  readonly flags: number;
  /** Only of an event, else null. */
  readonly eventType: string | null;
  /** Only of an event, else "". */
  readonly data: string;
  /** The block's own id if it counted, else null. */
  readonly id: string | null;
  readonly retryMs: number | null;
  readonly comments: readonly string[];
  /** In force after the frame. */
  readonly lastEventId: string;
  /** The very bytes. */
  readonly bytes: Uint8Array;
}

export interface DecodedJournalEntry {
  readonly what: 'journal';
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  readonly entry: JournalEntry;
}

export type DecodedEntry = DecodedFrame | DecodedJournalEntry;

/** One slice holds at most this many entries … */
export const SLICE_ENTRIES = 2048;
/** … and the frames in it at most this many bytes, unless a single frame is longer. */
export const SLICE_BYTES = 1024 * 1024;

type NumberedRecord = IndexRecord & { readonly seq: SeqNo };

const NO_BYTES = new Uint8Array(0);

export async function* decodedEntries(
  reader: SessionReader,
  range: ExportRange,
  byteText: ByteText,
): AsyncGenerator<readonly DecodedEntry[], void, void> {
  const block = createBlockParser();
  const to = Math.min(range.to, reader.count);
  let next = Math.max(0, range.from);
  let attempt = -1;
  if (next > 0 && next < to) block.lastEventId = await lastEventIdBefore(reader, next, byteText);

  while (next < to) {
    const records = sliceOf(await recordsOf(reader, next, Math.min(to, next + SLICE_ENTRIES)));
    const last = records.at(-1);
    if (!last) return;
    next = last.seq + 1;
    const frames = records.filter((record) => !isJournalKind(record.kindNumber));
    const base = frames[0]?.offset ?? 0;
    const end = frames.reduce((most, record) => Math.max(most, record.offset + record.length), base);
    const wire = end > base ? await reader.readWire(base, end - base) : NO_BYTES;

    const entries: DecodedEntry[] = [];
    for (const record of records) {
      const { seq, atMs } = record;
      if (!isJournalKind(record.kindNumber)) {
        if (record.attempt !== attempt) block.begin();
        attempt = record.attempt;
        const bytes = wire.subarray(record.offset - base, record.offset - base + record.length);
        entries.push(decodedFrame(record, bytes, block, byteText));
        continue;
      }
      const entry = await reader.readJournal(record);
      if (entry.kind === 'attempt-start' && entry.lastEventId !== '') block.lastEventId = entry.lastEventId;
      if (entry.kind === 'entries-dropped' && seq < entry.firstKeptSeq) {
        // One of many records that stand for what is gone; the entry that says so follows where it happened.
        next = entry.firstKeptSeq;
        break;
      }
      entries.push({ what: 'journal', seq, atMs, entry });
    }
    if (entries.length > 0) yield entries;
  }
}

async function recordsOf(reader: SessionReader, from: SeqNo, to: SeqNo): Promise<NumberedRecord[]> {
  const view = await reader.readRecords(from, to);
  const records: NumberedRecord[] = [];
  for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
    records.push(Object.assign(readRecord(view, at), { seq: from + records.length }));
  }
  return records;
}

/** As many of the records as one slice may hold; at least one. */
function sliceOf(records: NumberedRecord[]): NumberedRecord[] {
  let bytes = 0;
  const cut = records.findIndex((record, at) => {
    if (!isJournalKind(record.kindNumber)) bytes += record.length;
    return at > 0 && bytes > SLICE_BYTES;
  });
  return cut < 0 ? records : records.slice(0, cut);
}

function decodedFrame(
  record: NumberedRecord,
  bytes: Uint8Array,
  block: BlockParser,
  byteText: ByteText,
): DecodedFrame {
  // Only frame kinds come here.
  const kind = kindOf(record.kindNumber) as FrameKind;
  readBlock(block, kind, record.flags, bytes, byteText);
  const { frame } = block;
  return {
    what: 'frame',
    seq: record.seq,
    atMs: record.atMs,
    attempt: record.attempt,
    kind,
    offset: record.offset,
    length: record.length,
    flags: record.flags,
    eventType: kind === 'event' ? frame.eventType : null,
    data: kind === 'event' ? frame.data : '',
    id: frame.id,
    retryMs: frame.retryMs,
    comments: frame.comments,
    lastEventId: block.lastEventId,
    bytes,
  };
}

/** Bodies that are no event streams are kept as frames of kind `unknown` and without flags: they are not read as fields. */
function readBlock(
  block: BlockParser,
  kind: FrameKind,
  flags: number,
  bytes: Uint8Array,
  byteText: ByteText,
): void {
  const end = frameEndOf(kind);
  const isOpaque = end === 'cap' || end === 'line-ends';
  if (isOpaque || (kind === 'unknown' && (flags & FRAME_FLAGS.hasComment) === 0)) {
    return block.parse('', 'line-ends');
  }
  if ((flags & FRAME_FLAGS.nonAscii) === 0) return block.parse(byteText.latin1(bytes, 0, bytes.length), end);
  const text = byteText.utf8(bytes, 0, bytes.length);
  block.parse((flags & FRAME_FLAGS.bom) !== 0 && text.startsWith('\uFEFF') ? text.slice(1) : text, end);
}

function frameEndOf(kind: FrameKind): FrameEnd {
  switch (kind) {
    case 'comment':
      return 'comment-line';
    case 'incomplete':
      return 'end-of-stream';
    case 'oversize':
      return 'cap';
    case 'blank':
      return 'line-ends';
    default:
      return 'blank-line';
  }
}

/** The last event ID in force before entry `seq`. */
async function lastEventIdBefore(reader: SessionReader, seq: SeqNo, byteText: ByteText): Promise<string> {
  for (let to = seq; to > 0; to = Math.max(0, to - SLICE_ENTRIES)) {
    const records = await recordsOf(reader, Math.max(0, to - SLICE_ENTRIES), to);
    for (const record of records.reverse()) {
      const kind = kindOf(record.kindNumber);
      if (kind === 'entries-dropped') continue;
      if (kind === 'attempt-start') {
        const entry = await reader.readJournal(record);
        if (entry.kind === 'attempt-start' && entry.lastEventId !== '') return entry.lastEventId;
      } else if (
        !isJournalKind(record.kindNumber) &&
        kind !== 'incomplete' &&
        (record.flags & FRAME_FLAGS.hasId) !== 0
      ) {
        const block = createBlockParser();
        const bytes = await reader.readWire(record.offset, record.length);
        return decodedFrame(record, bytes, block, byteText).lastEventId;
      }
    }
  }
  return '';
}
