/**
 * Counts of a session's frames by block of 1024 entries: what an overview needs, so that it does not read the whole index
 * each time. Grows with the session, a block at a time, and keeps about 30 bytes a block.
 */
import { isJournalKind, kindNumberOf, kindOf, RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';

export const BLOCK_RECORDS = 1024;
/** Blocks that are read and counted in one go: about a millisecond of work. */
const READ_BLOCKS = 32;
const EVENT = kindNumberOf('event');

/** A lane of the timeline: an event type by number, or a frame kind. */
export interface Lane {
  readonly name: string;
  readonly isEventType: boolean;
  /** Frames in all blocks together. */
  total: number;
}

/** What one block holds. `counts` are pairs: lane number, frames. */
export interface BlockSummary {
  readonly minMs: number;
  readonly maxMs: number;
  readonly bytes: number;
  readonly counts: readonly number[];
}

export interface TimelineSummary {
  readonly lanes: readonly Lane[];
  readonly blocks: readonly BlockSummary[];
  /** Counts the blocks that are full now. Yields to other work. */
  catchUp(): Promise<void>;
  /** The lane of a record's frame; -1 for journal entries. Adds the lane if it is new. */
  laneOf(view: DataView, at: number): number;
}

/** Names beyond the table of event types. */
const OTHER_TYPES = 'other types';

export function createTimelineSummary(reader: SessionReader): TimelineSummary {
  const lanes: Lane[] = [];
  const blocks: BlockSummary[] = [];
  /** By 256 + type number for events, by kind number for the rest. */
  const laneNumbers = new Map<number, number>();
  let turn: Promise<void> = Promise.resolve();

  function laneOf(view: DataView, at: number): number {
    const kindNumber = view.getUint8(at + 24);
    if (isJournalKind(kindNumber)) return -1;
    const isEventType = kindNumber === EVENT;
    const typeNumber = view.getUint16(at + 22, true);
    const key = isEventType ? 256 + typeNumber : kindNumber;
    const known = laneNumbers.get(key);
    if (known !== undefined) return known;
    const name = isEventType ? (reader.eventTypes[typeNumber] ?? OTHER_TYPES) : kindOf(kindNumber);
    laneNumbers.set(key, lanes.length);
    lanes.push({ name, isEventType, total: 0 });
    return lanes.length - 1;
  }

  function addBlock(view: DataView, from: number): void {
    const counts = new Map<number, number>();
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
      counts.set(lane, (counts.get(lane) ?? 0) + 1);
    }
    for (const [lane, count] of counts) (lanes[lane] as Lane).total += count;
    blocks.push({ minMs, maxMs, bytes, counts: [...counts].flat() });
  }

  async function countNewBlocks(): Promise<void> {
    // The newest entries may still change (a frame grows by the LF of its CRLF), and the live end is read in any case.
    const full = Math.floor(Math.max(0, reader.count - 1) / BLOCK_RECORDS);
    while (blocks.length < full) {
      const first = blocks.length;
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
