/**
 * Decides which entries of a block match a filter: most by their record, the others by what they say. Bytes are read in
 * stretches; where the filter wants a text, frames without its bytes are never interpreted.
 */
import type { Query } from '../../shared/filter/query.ts';
import { hasRegex, matchEntry, matchRecord, requiredText } from '../../shared/filter/row-match.ts';
import { describeEntry } from '../../shared/session/describe-entry.ts';
import { isJournalKind, kindNumberOf, readRecord, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { IndexRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { createBoundedRun } from './bounded-run.ts';
import type { FrameText } from './frame-text.ts';

/** Bytes that are read and searched in one go: well under a slice of work. */
const STRETCH_BYTES = 512 * 1024;
/** A gap between two frames that is worth a read of its own. */
const GAP_BYTES = 64 * 1024;
/** A regular expression that needs longer for a stretch would need for ever for the session. */
const STRETCH_LIMIT_MS = 1000;

/** Rows of these kinds show a sentence, which is not in the frame's bytes. */
const SENTENCES = new Set([kindNumberOf('retry'), kindNumberOf('id')]);

interface OpenEntry {
  readonly seq: number;
  readonly record: IndexRecord;
}

/** Returns the matching numbers from `from` (inclusive) to `to` (exclusive), rising. */
export type BlockMatch = (
  from: number,
  to: number,
  pause: () => Promise<void> | undefined,
) => Promise<readonly number[]>;

export function createBlockMatch(reader: SessionReader, query: Query, frameText: FrameText): BlockMatch {
  const needle = needleOf(requiredText(query));
  const run = hasRegex(query) ? createBoundedRun(STRETCH_LIMIT_MS) : <T>(work: () => T): T => work();
  const typeName = (typeNumber: number): string | undefined => reader.eventTypes[typeNumber];

  async function matchJournal({ record }: OpenEntry): Promise<boolean> {
    const text = describeEntry(await reader.readJournal(record));
    return run(() => matchEntry(query, record, { text, type: '', id: null }));
  }

  /** Which of the frames, which lie within one stretch, match. */
  async function matchFrames(frames: readonly OpenEntry[]): Promise<number[]> {
    const first = frames[0]?.record.offset ?? 0;
    const end = frames.reduce((far, { record }) => Math.max(far, record.offset + record.length), first);
    const bytes = await reader.readWire(first, end - first);
    const search = needle === null ? null : createSearch(bytes, needle);
    const matches = ({ record }: OpenEntry): boolean => {
      const start = record.offset - first;
      const stop = start + record.length;
      if (search && !SENTENCES.has(record.kindNumber) && !search(start, stop)) return false;
      return matchEntry(query, record, frameText.content(record, bytes.subarray(start, stop)));
    };
    return run(() => frames.filter(matches)).map(({ seq }) => seq);
  }

  return async (from, to, pause) => {
    const view = await reader.readRecords(from, to);
    const found: number[] = [];
    const open: OpenEntry[] = [];
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
      const seq = from + at / RECORD_BYTES;
      const record = readRecord(view, at);
      const result = matchRecord(query, record, typeName);
      if (result) found.push(seq);
      else if (result === null) open.push({ seq, record });
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
 * The needle as its UTF-8 bytes, a character each, in lower case. Null when its bytes say nothing: a line break stands
 * between fields, and U+FFFD for bytes that were something else.
 */
function needleOf(text: string | null): string | null {
  if (text === null || text === '' || /[\r\n\ufffd]/.test(text)) return null;
  return Buffer.from(text).toString('latin1').toLowerCase();
}

/**
 * Says whether the needle may be between two places of `bytes`; to be asked with rising places. Lower case of all of latin1
 * is coarser than of ASCII alone, so it may find too much and never too little.
 */
function createSearch(bytes: Uint8Array, needle: string): (start: number, stop: number) => boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').toLowerCase();
  let next = text.indexOf(needle);
  return (start, stop) => {
    if (next >= 0 && next < start) next = text.indexOf(needle, start);
    return next >= 0 && next + needle.length <= stop;
  };
}
