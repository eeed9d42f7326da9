/**
 * Decides which entries of a session pass a query, block by block: by their records where these are enough, else by what they
 * say. Bytes are read in stretches, and of those only the frames in which the query's patterns occur are interpreted.
 */
import { decide, type KnownFacts } from '../../shared/filter/matches.ts';
import { someTerm, type Query } from '../../shared/filter/query.ts';
import type { AnnotationReader } from '../../shared/session/annotations.ts';
import { describeEntry } from '../../shared/session/describe-entry.ts';
import {
  isJournalKind,
  kindNumberOf,
  kindOf,
  readRecord,
  RECORD_BYTES,
} from '../../shared/session/index-record.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { prefilterOf } from './prefilter.ts';
import type { ScanSource } from './scan-source.ts';
import { createStretchSearch } from './stretch-search.ts';

/** A gap between two frames that is worth a read of its own. */
const GAP_BYTES = 64 * 1024;
const EVENT = kindNumberOf('event');

export interface BlockScanOptions {
  readonly source: ScanSource;
  readonly query: Query;
  readonly frameText: FrameText;
  readonly annotations: Pick<AnnotationReader, 'annotationOf'>;
  /** Bytes that are read and searched in one go. */
  readonly stretchBytes: number;
  /** Arrival of the last event before the first block; null when there is none. */
  readonly lastEventAtMs: number | null;
  /** Runs what a regular expression may hold up, and throws when that takes too long. */
  readonly guard: <T>(work: () => T) => T;
  /** Lets other work run, between stretches. */
  readonly pause: () => Promise<void> | undefined;
}

export interface BlockScan {
  /** Arrival of the last event that was looked at. */
  readonly lastEventAtMs: number | null;
  /** The matching numbers from `from` (inclusive) to `to` (exclusive), rising. Blocks follow each other. */
  scan(from: number, to: number): Promise<readonly number[]>;
}

type Facts = { -readonly [K in keyof KnownFacts]: KnownFacts[K] };

export function createBlockScan(options: BlockScanOptions): BlockScan {
  const { source, query, frameText, annotations, stretchBytes, guard, pause } = options;
  const prefilter = prefilterOf(query);
  /** Whether a record can say anything: else its entry is open from the start. */
  const asksRecord = someTerm(
    query,
    (term) => term.op !== 'json' && (term.op !== 'text' || term.field !== 'data'),
  );
  const asksAnnotation = someTerm(
    query,
    (term) => term.op === 'bookmarked' || (term.op === 'text' && term.field === 'note'),
  );
  const asksNothing = !someTerm(query, () => true);
  const facts: Facts = {
    kind: 'event',
    type: '',
    data: undefined,
    id: null,
    size: 0,
    atMs: 0,
    gapMs: null,
    attempt: 0,
    bookmarked: false,
    note: '',
  };
  let lastEventAtMs = options.lastEventAtMs;

  /** What a record says. The same object is filled again and again. */
  function fill(view: DataView, at: number, seq: number, gapMs: number | null): Facts {
    const kindNumber = view.getUint8(at + 24);
    const journal = isJournalKind(kindNumber);
    facts.kind = kindOf(kindNumber);
    // Names beyond the end of the table are read from the frame.
    facts.type = kindNumber === EVENT ? source.eventTypes[view.getUint16(at + 22, true)] : '';
    facts.data = undefined;
    facts.id = !journal && view.getUint8(at + 25) & FRAME_FLAGS.hasId ? undefined : null;
    facts.size = journal ? 0 : view.getUint32(at + 16, true);
    facts.atMs = view.getFloat64(at + 8, true);
    facts.gapMs = gapMs;
    facts.attempt = view.getUint16(at + 20, true);
    if (asksAnnotation) {
      const annotation = annotations.annotationOf(seq);
      facts.bookmarked = annotation?.bookmarked ?? false;
      facts.note = annotation?.note ?? '';
    }
    return facts;
  }

  async function scan(from: number, to: number): Promise<readonly number[]> {
    const shared = await source.readRecords(from, to);
    const count = shared.byteLength / RECORD_BYTES;
    // The block is needed over later reads, which may use its buffer again.
    const view = new DataView(shared.buffer.slice(shared.byteOffset, shared.byteOffset + shared.byteLength));
    const passed = new Uint8Array(count);
    const gaps = new Float64Array(count);
    const frames: number[] = [];
    const entries: number[] = [];
    for (let index = 0, at = 0; index < count; index += 1, at += RECORD_BYTES) {
      const kindNumber = view.getUint8(at + 24);
      let gapMs: number | null = null;
      if (kindNumber === EVENT) {
        const atMs = view.getFloat64(at + 8, true);
        if (lastEventAtMs !== null) gapMs = atMs - lastEventAtMs;
        lastEventAtMs = atMs;
      }
      gaps[index] = gapMs ?? NaN;
      const result = asksRecord || asksNothing ? decide(query, fill(view, at, from + index, gapMs)) : null;
      if (result) passed[index] = 1;
      else if (result === null) (isJournalKind(kindNumber) ? entries : frames).push(index);
    }
    await scanFrames(frames, { from, view, gaps, passed });
    for (const index of entries) {
      const data = describeEntry(await source.readJournal(readRecord(view, index * RECORD_BYTES)));
      const known = { ...fill(view, index * RECORD_BYTES, from + index, null), data };
      if (guard(() => decide(query, known))) passed[index] = 1;
    }
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) if (passed[index]) found.push(from + index);
    return found;
  }

  async function scanFrames(frames: readonly number[], block: Block): Promise<void> {
    for (let first = 0; first < frames.length;) {
      const { end, start, stop } = stretchFrom(frames, first, block.view, stretchBytes);
      const bytes = await source.readWire(start, stop - start);
      const members = frames.slice(first, end);
      guard(() => judge(members, bytes, start, block));
      await pause();
      first = end;
    }
  }

  /** Marks the frames that pass; they lie within `bytes`, which begin at `start` of the session's. */
  function judge(members: readonly number[], bytes: Uint8Array, start: number, block: Block): void {
    const { view, from, gaps, passed } = block;
    const mayMatch = createStretchSearch(bytes, prefilter);
    for (const index of members) {
      const at = index * RECORD_BYTES;
      const begin = view.getFloat64(at, true) - start;
      const end = begin + view.getUint32(at + 16, true);
      const kindNumber = view.getUint8(at + 24);
      const flags = view.getUint8(at + 25);
      if (!mayMatch({ start: begin, end, kindNumber, flags, framing: view.getUint8(at + 26) })) continue;
      const content = frameText.content(readRecord(view, at), bytes.subarray(begin, end));
      const gap = gaps[index] as number;
      const known = fill(view, at, from + index, Number.isNaN(gap) ? null : gap);
      known.type ??= content.type;
      known.data = content.text;
      known.id = content.id;
      if (decide(query, known)) passed[index] = 1;
    }
  }

  return {
    get lastEventAtMs() {
      return lastEventAtMs;
    },
    scan,
  };
}

/** A block of records: what is known of each, by its place in the block. */
interface Block {
  readonly from: number;
  readonly view: DataView;
  /** NaN: none. */
  readonly gaps: Float64Array;
  readonly passed: Uint8Array;
}

/** The frames from `first` on that are read together: neighbours, until the stretch is full. At least one. */
function stretchFrom(
  frames: readonly number[],
  first: number,
  view: DataView,
  stretchBytes: number,
): { readonly end: number; readonly start: number; readonly stop: number } {
  const start = offsetOf(view, frames[first] as number);
  let stop = start + lengthOf(view, frames[first] as number);
  let end = first + 1;
  for (; end < frames.length; end += 1) {
    const index = frames[end] as number;
    const offset = offsetOf(view, index);
    const next = offset + lengthOf(view, index);
    if (offset < start || offset - stop > GAP_BYTES || next - start > stretchBytes) break;
    stop = Math.max(stop, next);
  }
  return { end, start, stop };
}

function offsetOf(view: DataView, index: number): number {
  return view.getFloat64(index * RECORD_BYTES, true);
}

function lengthOf(view: DataView, index: number): number {
  return view.getUint32(index * RECORD_BYTES + 16, true);
}
