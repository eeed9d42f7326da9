/** Frames of a session with the socket reads that brought them, read as they are needed: a screenful at a time, never all of it. */
import type { FrameText } from '../sessions/frame-text.ts';
import {
  isJournalKind,
  kindNumberOf,
  readRecord,
  RECORD_BYTES,
  type IndexRecord,
} from '../../shared/session/index-record.ts';
import type { SessionReader, SocketRead } from '../../shared/session/log.ts';
import { FRAME_FLAGS } from '../../shared/sse/types.ts';
import type { Segment, SourceFrame } from '../../shared/replay/source-frame.ts';
import type { Take } from '../../shared/replay/takes.ts';

/** Read in one go: at most so many entries, and frames until they have so many bytes. */
const BLOCK_ENTRIES = 256;
const BLOCK_BYTES = 64 * 1024;
const EVENT = kindNumberOf('event');

export interface FrameStart {
  /** The first entry that is wanted. */
  readonly seq: number;
  /** Events before it. */
  readonly eventNumber: number;
}

/** The frames of these takes, in order, from `start` on. */
export async function* recordedFrames(
  reader: SessionReader,
  frameText: FrameText,
  takes: readonly Take[],
  start: FrameStart,
): AsyncGenerator<readonly SourceFrame[], void, void> {
  let { eventNumber } = start;
  for (const { fromSeq, toSeq } of takes) {
    let next = Math.max(fromSeq, start.seq);
    while (next < toSeq) {
      const block = await blockOf(reader, next, Math.min(toSeq, next + BLOCK_ENTRIES));
      if (block.seen === 0) return;
      next += block.seen;
      const [first] = block.frames;
      const last = block.frames.at(-1);
      if (!first || !last) continue;
      const from = first.record.offset;
      const length = last.record.offset + last.record.length - from;
      const [wire, reads] = await Promise.all([reader.readWire(from, length), reader.readsIn(from, length)]);
      const segments = createSegments(wire, from, reads);
      yield block.frames.map(({ seq, record }) => {
        const isEvent = record.kindNumber === EVENT;
        if (isEvent) eventNumber += 1;
        const bytes = wire.subarray(record.offset - from, record.offset - from + record.length);
        const content = lazily(() => frameText.content(record, bytes));
        return {
          seq,
          eventNumber: isEvent ? eventNumber : 0,
          id: (record.flags & FRAME_FLAGS.hasId) === 0 ? null : content().id,
          segments: segments(record),
          record,
          content,
        };
      });
    }
  }
}

interface Block {
  /** Entries that were looked at, others than frames included. */
  readonly seen: number;
  readonly frames: readonly { readonly seq: number; readonly record: IndexRecord }[];
}

export async function blockOf(
  reader: SessionReader,
  from: number,
  to: number,
  maxBytes = BLOCK_BYTES,
): Promise<Block> {
  const view = await reader.readRecords(from, to);
  const frames: { seq: number; record: IndexRecord }[] = [];
  let bytes = 0;
  let seen = 0;
  for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
    const record = readRecord(view, at);
    if (!isJournalKind(record.kindNumber)) {
      bytes += record.length;
      if (frames.length > 0 && bytes > maxBytes) break;
      if (record.length > 0) frames.push({ seq: from + seen, record });
    }
    seen += 1;
  }
  return { seen, frames };
}

/** Cuts frames, asked for in order, where the reads begin. */
function createSegments(wire: Uint8Array, from: number, reads: readonly SocketRead[]) {
  let at = 0;
  return ({ offset, length, atMs }: IndexRecord): Segment[] => {
    const end = offset + length;
    const segments: Segment[] = [];
    while (at + 1 < reads.length && endOf(reads[at] as SocketRead) <= offset) at += 1;
    let begin = offset;
    for (let index = at; index < reads.length && begin < end; index += 1) {
      const read = reads[index] as SocketRead;
      const to = Math.min(end, endOf(read));
      if (to <= begin) continue;
      segments.push({ bytes: wire.subarray(begin - from, to - from), atMs: read.atMs, read: read.number });
      begin = to;
    }
    // Reads that a damaged session lost: the frame's own time has to do.
    if (begin < end) segments.push({ bytes: wire.subarray(begin - from, end - from), atMs, read: -1 });
    return segments;
  };
}

function endOf({ offset, length }: SocketRead): number {
  return offset + length;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
