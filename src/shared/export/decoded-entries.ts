/**
 * A range of a log as decoded entries: frames with what they mean, journal entries as they are. Reads in slices of bounded
 * size and in order; never holds more than one slice and writes nothing.
 *
 * The last event ID at the start of a range is found by going back to the nearest frame before it whose id counted, or to the
 * nearest attempt that sent a Last-Event-ID, whichever is later; it is "" when there is neither. Who follows a log that grows
 * knows it from the range before and says so (`knownLastEventId`).
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import { idInForce, type JournalEntry } from '../session/entry.ts';
import {
  isJournalKind,
  kindOf,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../session/index-record.ts';
import type { SessionReader } from '../session/log.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { createEventParser, type EventParser } from '../sse/event-parser.ts';
import { framingOf, type Framing } from '../sse/framing.ts';
import { FRAME_FLAGS, type FrameKind } from '../sse/types.ts';
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
  /** What its body was read as. */
  readonly framing: Framing;
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
  knownLastEventId: string | null = null,
): AsyncGenerator<readonly DecodedEntry[], void, void> {
  const parser = createEventParser(byteText);
  const to = Math.min(range.to, reader.count);
  let next = Math.max(0, range.from);
  let lastEventId =
    knownLastEventId ?? (next > 0 && next < to ? await lastEventIdBefore(reader, next, byteText) : '');

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
        const bytes = wire.subarray(record.offset - base, record.offset - base + record.length);
        const frame = decodedFrame(record, bytes, parser, lastEventId);
        lastEventId = frame.lastEventId;
        entries.push(frame);
        continue;
      }
      const entry = await reader.readJournal(record);
      if (entry.kind === 'attempt-start') lastEventId = idInForce(entry) ?? lastEventId;
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
  parser: EventParser,
  lastEventId: string,
): DecodedFrame {
  const { seq, atMs, attempt, offset, length, flags } = record;
  // Only frame kinds come here.
  const kind = kindOf(record.kindNumber) as FrameKind;
  // Bodies that are no event streams are kept as frames of kind `unknown`, without flags: they have no fields to be read.
  const isOpaque = kind === 'unknown' && (flags & FRAME_FLAGS.hasComment) === 0;
  const end = isOpaque ? 0 : bytes.length;
  const framing = framingOf(record.framing);
  const facts = { kind, flags: isOpaque ? 0 : flags, framing };
  const meaning = parser.interpret(bytes, 0, end, facts, lastEventId);
  return {
    what: 'frame',
    seq,
    atMs,
    attempt,
    kind,
    offset,
    length,
    flags,
    framing,
    eventType: meaning.event?.type ?? null,
    data: meaning.event?.data ?? '',
    id: meaning.id,
    retryMs: meaning.retryMs,
    comments: meaning.comments,
    lastEventId: meaning.lastEventId,
    bytes,
  };
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
        const held = entry.kind === 'attempt-start' ? idInForce(entry) : null;
        if (held !== null) return held;
      } else if (
        !isJournalKind(record.kindNumber) &&
        kind !== 'incomplete' &&
        (record.flags & FRAME_FLAGS.hasId) !== 0
      ) {
        const bytes = await reader.readWire(record.offset, record.length);
        return decodedFrame(record, bytes, createEventParser(byteText), '').lastEventId;
      }
    }
  }
  return '';
}
