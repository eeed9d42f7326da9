/** Everything about one entry, for the detail pane. */
import { idInForce } from '../../shared/session/entry.ts';
import type { EntryDetail } from '../../shared/ipc/contract.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import {
  isJournalKind,
  kindNumberOf,
  MAX_TYPE_NUMBER,
  readRecord,
  type IndexRecord,
} from '../../shared/session/index-record.ts';
import type { SessionReader, SocketRead } from '../../shared/session/log.ts';
import { framingOf } from '../../shared/sse/framing.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { FrameText } from './frame-text.ts';
import { findBackwards } from './record-blocks.ts';

/** How far back the event before of the same type is looked for. */
const SAME_TYPE_RECORDS = 50_000;
/** Of larger frames the reads of the first bytes are told, and the last one. */
const READS_OF_BYTES = 1024 * 1024;
/** An id is read from frames up to this size whole. */
const ID_FRAME_BYTES = 1024 * 1024;

const EVENT = kindNumberOf('event');
const ATTEMPT_START = kindNumberOf('attempt-start');
const INCOMPLETE = kindNumberOf('incomplete');

/** Throws `CodedError('not-found')` when there is no such entry. Of the frame's bytes at most `maxBytes` are handed out. */
export async function readEntryDetail(
  reader: SessionReader,
  frameText: FrameText,
  seq: number,
  maxBytes: number,
): Promise<EntryDetail> {
  const view = await reader.readRecords(seq, seq + 1);
  if (view.byteLength === 0) throw new CodedError('not-found', `This session has no entry number ${seq}.`);
  const record = readRecord(view, 0);
  const { atMs, attempt, kindNumber, flags, offset, length } = record;
  const framing = framingOf(record.framing);
  const common = { seq, atMs, attempt, kindNumber, flags, framing, offset, length };
  if (isJournalKind(kindNumber)) {
    const entry = await reader.readJournal(record);
    const journal = { seq, atMs, entry };
    return { ...common, bytes: null, lastEventId: '', reads: [], journal, previousSameTypeSeq: null };
  }
  const [bytes, lastEventId, reads, previousSameTypeSeq] = await Promise.all([
    reader.readWire(offset, Math.min(length, maxBytes)),
    lastEventIdAfter(reader, frameText, seq),
    readsOf(reader, record),
    kindNumber === EVENT ? previousOfType(reader, seq, record.typeNumber) : null,
  ]);
  return { ...common, bytes, lastEventId, reads, journal: null, previousSameTypeSeq };
}

/**
 * The last event ID string in force after the entry: that of the nearest block before that set one, or what the nearest
 * attempt sent as Last-Event-ID, whichever is later.
 */
export async function lastEventIdAfter(
  reader: SessionReader,
  frameText: FrameText,
  seq: number,
): Promise<string> {
  for (let before = seq + 1; before > 0;) {
    const found = await findBackwards(reader, before, Infinity, saysAnId);
    if (!found) return '';
    if (!isJournalKind(found.record.kindNumber)) return idOf(reader, frameText, found.record);
    const entry = await reader.readJournal(found.record);
    const held = entry.kind === 'attempt-start' ? idInForce(entry) : null;
    if (held !== null) return held;
    before = found.seq;
  }
  return '';
}

function saysAnId(view: DataView, at: number): boolean {
  const kindNumber = view.getUint8(at + 24);
  if (isJournalKind(kindNumber)) return kindNumber === ATTEMPT_START;
  // An id commits at the blank line: one in an incomplete frame never counted.
  return kindNumber !== INCOMPLETE && (view.getUint8(at + 25) & FRAME_FLAGS.hasId) !== 0;
}

async function idOf(reader: SessionReader, frameText: FrameText, record: IndexRecord): Promise<string> {
  const head = await reader.readWire(record.offset, Math.min(record.length, ID_FRAME_BYTES));
  const { id } = frameText.meaning(record, head);
  if (head.length === record.length) return id ?? '';
  const tailFrom = record.offset + Math.max(head.length, record.length - ID_FRAME_BYTES);
  const tail = await reader.readWire(tailFrom, ID_FRAME_BYTES);
  return frameText.idInTail(tail) ?? id ?? '';
}

async function readsOf(
  reader: SessionReader,
  { offset, length }: IndexRecord,
): Promise<readonly SocketRead[]> {
  const reads = await reader.readsIn(offset, Math.min(length, READS_OF_BYTES));
  if (length <= READS_OF_BYTES) return reads;
  const last = await reader.readsIn(offset + length - 1, 1);
  return [...reads, ...last.filter(({ number }) => number > (reads.at(-1)?.number ?? -1))];
}

/** Types that share a number are not compared: they may differ. */
async function previousOfType(
  reader: SessionReader,
  seq: number,
  typeNumber: number,
): Promise<number | null> {
  if (typeNumber === MAX_TYPE_NUMBER) return null;
  const found = await findBackwards(
    reader,
    seq,
    SAME_TYPE_RECORDS,
    (view, at) => view.getUint8(at + 24) === EVENT && view.getUint16(at + 22, true) === typeNumber,
  );
  return found?.seq ?? null;
}
