/**
 * Decides which entries of a block match a query: most by their record, the others by what they say. Bytes are read in
 * stretches; where the query wants a text, frames without its bytes are never interpreted.
 */
import { noAnnotations, type AnnotationOf } from '../../shared/filter/annotation.ts';
import { decide, type KnownFacts } from '../../shared/filter/matches.ts';
import { hasRegex, type Query } from '../../shared/filter/query.ts';
import { requiredTexts } from '../../shared/filter/required-text.ts';
import { describeEntry } from '../../shared/session/describe-entry.ts';
import {
  isJournalKind,
  kindNumberOf,
  kindOf,
  readRecord,
  RECORD_BYTES,
} from '../../shared/session/index-record.ts';
import type { IndexRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import { createBoundedRun } from './bounded-run.ts';
import type { FrameText } from './frame-text.ts';

/** Bytes that are read and searched in one go: well under a slice of work. */
const STRETCH_BYTES = 512 * 1024;
/** A gap between two frames that is worth a read of its own. */
const GAP_BYTES = 64 * 1024;
/** A regular expression that needs longer for a stretch would need for ever for the session. */
const STRETCH_LIMIT_MS = 1000;

const EVENT = kindNumberOf('event');
/** Rows of these kinds show a sentence, which is not in the frame's bytes. */
const SENTENCES = new Set([kindNumberOf('retry'), kindNumberOf('id')]);

interface OpenEntry {
  readonly seq: number;
  readonly record: IndexRecord;
  readonly facts: KnownFacts;
}

/** Returns the matching numbers from `from` (inclusive) to `to` (exclusive), rising. Blocks are asked for in order. */
export type BlockMatch = (
  from: number,
  to: number,
  pause: () => Promise<void> | undefined,
) => Promise<readonly number[]>;

export function createBlockMatch(
  reader: SessionReader,
  query: Query,
  frameText: FrameText,
  annotationOf: AnnotationOf = noAnnotations,
): BlockMatch {
  const needles = needlesOf(requiredTexts(query));
  const run = hasRegex(query) ? createBoundedRun(STRETCH_LIMIT_MS) : <T>(work: () => T): T => work();
  /** Arrival of the last event before the block in hand; null before the first one. */
  let eventAtMs: number | null = null;

  function factsOf(seq: number, record: Readonly<IndexRecord>): KnownFacts {
    const journal = isJournalKind(record.kindNumber);
    const isEvent = record.kindNumber === EVENT;
    const annotation = annotationOf(seq);
    return {
      kind: kindOf(record.kindNumber),
      // Names beyond the table's end are read from the frame.
      type: isEvent ? reader.eventTypes[record.typeNumber] : '',
      data: undefined,
      id: !journal && record.flags & FRAME_FLAGS.hasId ? undefined : null,
      size: journal ? 0 : record.length,
      atMs: record.atMs,
      gapMs: isEvent && eventAtMs !== null ? record.atMs - eventAtMs : null,
      attempt: record.attempt,
      bookmarked: annotation?.bookmarked ?? false,
      note: annotation?.note ?? '',
    };
  }

  async function matchJournal({ record, facts }: OpenEntry): Promise<boolean> {
    const data = describeEntry(await reader.readJournal(record));
    return run(() => decide(query, { ...facts, data }) === true);
  }

  /** Which of the frames, which lie within one stretch, match. */
  async function matchFrames(frames: readonly OpenEntry[]): Promise<number[]> {
    const first = frames[0]?.record.offset ?? 0;
    const end = frames.reduce((far, { record }) => Math.max(far, record.offset + record.length), first);
    const bytes = await reader.readWire(first, end - first);
    const search = needles === null ? null : createSearch(bytes, needles);
    const matches = ({ record, facts }: OpenEntry): boolean => {
      const start = record.offset - first;
      const stop = start + record.length;
      if (search && !SENTENCES.has(record.kindNumber) && !search(start, stop)) return false;
      const { text, type, id } = frameText.content(record, bytes.subarray(start, stop));
      return decide(query, { ...facts, type: facts.type ?? type, data: text, id }) === true;
    };
    return run(() => frames.filter(matches)).map(({ seq }) => seq);
  }

  return async (from, to, pause) => {
    const view = await reader.readRecords(from, to);
    const found: number[] = [];
    const open: OpenEntry[] = [];
    if (from === 0) eventAtMs = null;
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
      const seq = from + at / RECORD_BYTES;
      const record = readRecord(view, at);
      const facts = factsOf(seq, record);
      if (record.kindNumber === EVENT) eventAtMs = record.atMs;
      const result = decide(query, facts);
      if (result) found.push(seq);
      else if (result === null) open.push({ seq, record, facts });
    }
    const frames = open.filter(({ record }) => !isJournalKind(record.kindNumber));
    for (const stretch of stretchesOf(frames)) {
      for (const seq of await matchFrames(stretch)) found.push(seq);
      await pause();
    }
    for (const entry of open) {
      if (isJournalKind(entry.record.kindNumber) && (await matchJournal(entry))) found.push(entry.seq);
    }
    return found.sort((one, other) => one - other);
  };
}

/** Neighbours go together until a stretch is full. */
function* stretchesOf(frames: readonly OpenEntry[]): Generator<readonly OpenEntry[]> {
  let from = 0;
  for (let at = 1; at <= frames.length; at += 1) {
    const next = frames[at]?.record;
    const last = frames[at - 1]?.record as IndexRecord;
    const start = frames[from]?.record.offset ?? 0;
    const near =
      next !== undefined &&
      next.offset >= last.offset &&
      next.offset - (last.offset + last.length) <= GAP_BYTES &&
      next.offset + next.length - start <= STRETCH_BYTES;
    if (near) continue;
    yield frames.slice(from, at);
    from = at;
  }
}

/**
 * The needles as their UTF-8 bytes, a character each, in lower case. Null when the bytes of one say nothing: a line break
 * stands between fields, U+FFFD for bytes that were something else, and half a character for a part of one.
 */
function needlesOf(texts: readonly string[] | null): readonly string[] | null {
  if (texts === null || texts.some((text) => /[\r\n\ufffd]|\p{Surrogate}/u.test(text))) return null;
  return texts.map((text) => Buffer.from(text).toString('latin1').toLowerCase());
}

/**
 * Says whether a needle may be between two places of `bytes`; to be asked with rising places. Lower case of all of latin1
 * is coarser than of ASCII alone, so it may find too much and never too little.
 */
function createSearch(
  bytes: Uint8Array,
  needles: readonly string[],
): (start: number, stop: number) => boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').toLowerCase();
  const next = needles.map((needle) => text.indexOf(needle));
  return (start, stop) =>
    needles.some((needle, at) => {
      let place = next[at] as number;
      if (place >= 0 && place < start) place = next[at] = text.indexOf(needle, start);
      return place >= 0 && place + needle.length <= stop;
    });
}
