/** One entry with everything that the detail pane shows of it. */
import type { EntryDetail } from '../../shared/ipc/contract.ts';
import { isJournalKind, kindNumberOf, kindOf } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createEventParser } from '../../shared/sse/event-parser.ts';
import { FRAME_FLAGS, type FrameKind } from '../../shared/sse/types.ts';
import { copyRecords, type NumberedRecord } from './copy-records.ts';

/** How far back an earlier entry is looked for. */
const LOOK_BACK_ENTRIES = 65_536;
const STEP_ENTRIES = 2048;
/** A frame whose id is wanted is read up to this size. */
const ID_FRAME_BYTES = 1024 * 1024;

const EVENT = kindNumberOf('event');
const ATTEMPT_START = kindNumberOf('attempt-start');

/** Throws `CodedError('not-found')` when the log has no such entry. */
export async function readEntryDetail(
  reader: SessionReader,
  byteText: ByteText,
  seq: number,
  maxBytes: number,
): Promise<EntryDetail> {
  const [record] = await copyRecords(reader, seq, seq + 1);
  if (!record) throw new CodedError('not-found', `The session has no entry ${seq}.`);
  const { atMs, attempt, kindNumber, flags, offset, length } = record;
  const common = { seq, atMs, attempt, kindNumber, flags, offset };
  if (isJournalKind(kindNumber)) {
    const journal = { seq, atMs, entry: await reader.readJournal(record) };
    const nothing = { bytes: null, lastEventId: '', reads: [], previousSameTypeSeq: null };
    return { ...common, length: 0, journal, ...nothing };
  }
  return {
    ...common,
    length,
    bytes: await reader.readWire(offset, Math.min(length, maxBytes)),
    lastEventId: await lastEventIdAfter(reader, byteText, seq),
    reads: await reader.readsIn(offset, length),
    journal: null,
    previousSameTypeSeq: kindNumber === EVENT ? await previousOfType(reader, record) : null,
  };
}

/** The last event ID string in force after the entry: set by the nearest id before, or sent by the attempt. */
async function lastEventIdAfter(reader: SessionReader, byteText: ByteText, seq: number): Promise<string> {
  const setsId = ({ kindNumber, flags }: NumberedRecord): boolean =>
    kindNumber === ATTEMPT_START || (!isJournalKind(kindNumber) && (flags & FRAME_FLAGS.hasId) !== 0);
  const record = await lastBefore(reader, seq + 1, setsId);
  if (!record) return '';
  if (isJournalKind(record.kindNumber)) {
    const entry = await reader.readJournal(record);
    return entry.kind === 'attempt-start' ? entry.lastEventId : '';
  }
  const kind = kindOf(record.kindNumber) as FrameKind;
  const bytes = await reader.readWire(record.offset, Math.min(record.length, ID_FRAME_BYTES));
  const cut = bytes.length < record.length;
  const facts = { kind, flags: record.flags, cut };
  return createEventParser(byteText).interpret(bytes, 0, bytes.length, facts).lastEventId;
}

async function previousOfType(reader: SessionReader, of: NumberedRecord): Promise<number | null> {
  const same = (record: NumberedRecord): boolean =>
    record.kindNumber === EVENT && record.typeNumber === of.typeNumber;
  return (await lastBefore(reader, of.seq, same))?.seq ?? null;
}

/** The last entry before `seq` that fits, if one is near. */
async function lastBefore(
  reader: SessionReader,
  seq: number,
  fits: (record: NumberedRecord) => boolean,
): Promise<NumberedRecord | null> {
  const stop = Math.max(0, seq - LOOK_BACK_ENTRIES);
  // Most are found at once, so the first step is a short one.
  let step = 32;
  for (let to = seq; to > stop; step = STEP_ENTRIES) {
    const from = Math.max(stop, to - step);
    const found = (await copyRecords(reader, from, to)).findLast(fits);
    if (found) return found;
    to = from;
  }
  return null;
}
