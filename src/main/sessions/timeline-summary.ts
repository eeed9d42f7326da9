/**
 * Counts of a session's frames by block of 128 entries: what an overview needs, so that it does not read the whole index each time.
 * Grows with the session, a stretch at a time, and keeps about 40 bytes a block, which is three megabytes for ten million entries.
 */
import { isJournalKind, kindNumberOf, kindOf, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';

export const BLOCK_RECORDS = 128;
/** Blocks that are read and counted in one go: about a millisecond of work. */
const READ_BLOCKS = 128;
const EVENT = kindNumberOf('event');

/** A lane of the timeline: an event type by number, or a frame kind. */
export interface Lane {
  readonly name: string;
  readonly isEventType: boolean;
  /** Frames in all blocks together. */
  total: number;
}

/** What the full blocks hold, as columns: one value a block. */
export interface BlockColumns {
  readonly count: number;
  /** Arrival of the first and the last frame; Infinity and -Infinity where there is none. */
  readonly minMs: Float64Array;
  readonly maxMs: Float64Array;
  readonly bytes: Float64Array;
  /** Where the counts of each block begin in `counts`; those of the last end at `countsEnd`. */
  readonly countsFrom: Uint32Array;
  /** Pairs: lane number, frames. */
  readonly counts: Uint32Array;
  readonly countsEnd: number;
}

export interface TimelineSummary {
  readonly lanes: readonly Lane[];
  readonly blocks: BlockColumns;
  /** Counts the blocks that are full now. Yields to other work. */
  catchUp(): Promise<void>;
  /** The lane of a record's frame; -1 for journal entries. Adds the lane if it is new. */
  laneOf(view: DataView, at: number): number;
}

/** Names beyond the table of event types. */
const OTHER_TYPES = 'other types';

export function createTimelineSummary(reader: SessionReader): TimelineSummary {
  const lanes: Lane[] = [];
  /** By 256 + type number for events, by kind number for the rest; one more, so that 0 is none. */
  const laneNumbers = new Uint32Array(256 + 0x10000);
  const blocks = {
    count: 0,
    minMs: new Float64Array(64),
    maxMs: new Float64Array(64),
    bytes: new Float64Array(64),
    countsFrom: new Uint32Array(64),
    counts: new Uint32Array(256),
    countsEnd: 0,
  };
  /** Frames of the block at hand, by lane. */
  let inBlock = new Uint32Array(64);
  let turn: Promise<void> = Promise.resolve();

  function laneOf(view: DataView, at: number): number {
    const kindNumber = view.getUint8(at + 24);
    if (isJournalKind(kindNumber)) return -1;
    const isEventType = kindNumber === EVENT;
    const typeNumber = view.getUint16(at + 22, true);
    const key = isEventType ? 256 + typeNumber : kindNumber;
    const known = laneNumbers[key] as number;
    if (known > 0) return known - 1;
    const name = isEventType ? (reader.eventTypes[typeNumber] ?? OTHER_TYPES) : kindOf(kindNumber);
    lanes.push({ name, isEventType, total: 0 });
    laneNumbers[key] = lanes.length;
    if (lanes.length > inBlock.length) inBlock = grown(inBlock);
    return lanes.length - 1;
  }

  function addBlock(view: DataView, from: number): void {
    let minMs = Infinity;
    let maxMs = -Infinity;
    let bytes = 0;
    const end = from + BLOCK_RECORDS * RECORD_BYTES;
    for (let at = from; at < end; at += RECORD_BYTES) {
      const lane = laneOf(view, at);
      if (lane < 0) continue;
      const atMs = view.getFloat64(at + 8, true);
      if (atMs < minMs) minMs = atMs;
      if (atMs > maxMs) maxMs = atMs;
      bytes += view.getUint32(at + 16, true);
      inBlock[lane] = (inBlock[lane] as number) + 1;
    }
    pushBlock(minMs, maxMs, bytes);
  }

  function pushBlock(minMs: number, maxMs: number, bytes: number): void {
    const number = blocks.count;
    if (number === blocks.minMs.length) {
      blocks.minMs = grown(blocks.minMs);
      blocks.maxMs = grown(blocks.maxMs);
      blocks.bytes = grown(blocks.bytes);
      blocks.countsFrom = grown(blocks.countsFrom);
    }
    blocks.minMs[number] = minMs;
    blocks.maxMs[number] = maxMs;
    blocks.bytes[number] = bytes;
    blocks.countsFrom[number] = blocks.countsEnd;
    for (let lane = 0; lane < lanes.length; lane += 1) {
      const count = inBlock[lane] as number;
      if (count > 0) pushCount(lane, count);
    }
    blocks.count += 1;
  }

  function pushCount(lane: number, count: number): void {
    if (blocks.countsEnd + 2 > blocks.counts.length) blocks.counts = grown(blocks.counts);
    blocks.counts[blocks.countsEnd] = lane;
    blocks.counts[blocks.countsEnd + 1] = count;
    blocks.countsEnd += 2;
    (lanes[lane] as Lane).total += count;
    inBlock[lane] = 0;
  }

  async function countNewBlocks(): Promise<void> {
    // The newest entries may still change (a frame grows by the LF of its CRLF), and the live end is read in any case.
    const full = Math.floor(Math.max(0, reader.count - 1) / BLOCK_RECORDS);
    while (blocks.count < full) {
      const first = blocks.count;
      const last = Math.min(full, first + READ_BLOCKS);
      const view = await reader.readRecords(first * BLOCK_RECORDS, last * BLOCK_RECORDS);
      for (let block = 0; block < last - first; block += 1)
        addBlock(view, block * BLOCK_RECORDS * RECORD_BYTES);
    }
  }

  return {
    lanes,
    blocks,
    catchUp() {
      turn = turn.catch(() => undefined).then(countNewBlocks);
      return turn;
    },
    laneOf,
  };
}

function grown<T extends Float64Array | Uint32Array>(array: T): T {
  // The constructor of the array that it is.
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
