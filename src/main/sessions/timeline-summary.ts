/**
 * A session's records in blocks: when each block begins and ends and how many frames of each lane it has. An overview then costs
 * the number of blocks and not of events. Grows with the log; about 150 bytes for 512 entries.
 */
import { isJournalKind, kindNumberOf, kindOf } from '../../shared/session/index-record.ts';
import type { IndexRecord } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { copyRecords } from './copy-records.ts';
import { createPause } from './pause.ts';

export const BLOCK_ENTRIES = 512;
/** More lanes than this are nothing to look at; the last one takes the rest. */
export const MAX_LANES = 24;

const READ_BLOCKS = 16;
const EVENT = kindNumberOf('event');
/** Keys of lanes that are frame kinds lie behind those of event types. */
const KIND_KEYS = 0x10000;

export interface LaneName {
  readonly name: string;
  readonly isEventType: boolean;
}

export interface SummaryBlock {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly bytes: number;
  /** Frames by lane; shorter than the list of lanes when it is older than they are. */
  readonly counts: Uint16Array;
}

export interface TimelineSummary {
  readonly blocks: readonly SummaryBlock[];
  readonly lanes: readonly LaneName[];
  /** The lane that counts this record, or -1 for entries that are no frames. */
  laneOf(record: Readonly<IndexRecord>): number;
  /** Takes in all full blocks that the log has by now. */
  update(): Promise<void>;
}

export function createTimelineSummary(reader: SessionReader): TimelineSummary {
  const blocks: SummaryBlock[] = [];
  const lanes: LaneName[] = [];
  const laneByKey = new Map<number, number>();
  let updating: Promise<void> | null = null;

  function laneOf({ kindNumber, typeNumber }: Readonly<IndexRecord>): number {
    if (isJournalKind(kindNumber)) return -1;
    const key = kindNumber === EVENT ? typeNumber : KIND_KEYS + kindNumber;
    let lane = laneByKey.get(key);
    if (lane === undefined) {
      lane = Math.min(lanes.length, MAX_LANES - 1);
      laneByKey.set(key, lane);
      if (lanes.length < MAX_LANES - 1) lanes.push(nameOf(kindNumber, typeNumber));
      else if (lanes.length === lane) lanes.push({ name: 'other', isEventType: false });
    }
    return lane;
  }

  function nameOf(kindNumber: number, typeNumber: number): LaneName {
    if (kindNumber !== EVENT) return { name: kindOf(kindNumber), isEventType: false };
    return { name: reader.eventTypes[typeNumber] ?? 'other', isEventType: true };
  }

  async function readOn(): Promise<void> {
    const pause = createPause();
    while (reader.count - blocks.length * BLOCK_ENTRIES >= BLOCK_ENTRIES) {
      const from = blocks.length * BLOCK_ENTRIES;
      const whole = Math.floor((reader.count - from) / BLOCK_ENTRIES);
      const to = from + Math.min(READ_BLOCKS, whole) * BLOCK_ENTRIES;
      const records = await copyRecords(reader, from, to);
      for (let at = 0; at < records.length; at += BLOCK_ENTRIES) {
        blocks.push(summarize(records.slice(at, at + BLOCK_ENTRIES)));
      }
      await pause();
    }
  }

  function summarize(records: readonly Readonly<IndexRecord>[]): SummaryBlock {
    const counts = new Uint16Array(MAX_LANES);
    let bytes = 0;
    let firstMs = Infinity;
    let lastMs = 0;
    for (const record of records) {
      firstMs = Math.min(firstMs, record.atMs);
      lastMs = Math.max(lastMs, record.atMs);
      const lane = laneOf(record);
      if (lane < 0) continue;
      counts[lane] = (counts[lane] as number) + 1;
      bytes += record.length;
    }
    return { firstMs, lastMs, bytes, counts: counts.slice(0, lanes.length) };
  }

  return {
    blocks,
    lanes,
    laneOf,
    update() {
      updating ??= readOn().finally(() => (updating = null));
      return updating;
    },
  };
}
