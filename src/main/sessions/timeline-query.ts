/** Counts a stretch of a session's time into buckets for the timeline: whole blocks at once, single entries at the edges. */
import type { SessionReader } from '../../shared/session/log.ts';
import type { TimelineRequest, TimelineSlice } from '../../shared/session/timeline-slice.ts';
import { copyRecords } from './copy-records.ts';
import { createPause } from './pause.ts';
import {
  BLOCK_ENTRIES,
  createTimelineSummary,
  MAX_LANES,
  type SummaryBlock,
  type TimelineSummary,
} from './timeline-summary.ts';

export interface TimelineQueries {
  slice(reader: SessionReader, request: TimelineRequest): Promise<TimelineSlice>;
}

/** Keeps a summary for each reader as long as the reader lives. */
export function createTimelineQueries(): TimelineQueries {
  const summaries = new WeakMap<SessionReader, TimelineSummary>();

  function summaryOf(reader: SessionReader): TimelineSummary {
    let summary = summaries.get(reader);
    if (!summary) {
      summary = createTimelineSummary(reader);
      summaries.set(reader, summary);
    }
    return summary;
  }

  return {
    async slice(reader, request) {
      const summary = summaryOf(reader);
      await summary.update();
      return count(reader, summary, request);
    },
  };
}

async function count(
  reader: SessionReader,
  summary: TimelineSummary,
  { fromMs, toMs, buckets }: TimelineRequest,
): Promise<TimelineSlice> {
  const spanMs = Math.max(toMs - fromMs, Number.MIN_VALUE);
  const counts = Array.from({ length: MAX_LANES }, () => new Uint32Array(buckets));
  const bytes = new Float64Array(buckets);
  const pause = createPause();
  const bucketOf = (atMs: number): number => Math.floor(((atMs - fromMs) / spanMs) * buckets);

  const addBlock = (block: SummaryBlock, bucket: number): void => {
    for (const [lane, frames] of block.counts.entries()) add(counts[lane], bucket, frames);
    bytes[bucket] = (bytes[bucket] as number) + block.bytes;
  };
  const addEntries = async (from: number, to: number): Promise<void> => {
    for (const record of await copyRecords(reader, from, to)) {
      const lane = summary.laneOf(record);
      const bucket = bucketOf(record.atMs);
      if (lane < 0 || bucket < 0 || bucket >= buckets) continue;
      add(counts[lane], bucket, 1);
      bytes[bucket] = (bytes[bucket] as number) + record.length;
    }
    await pause();
  };

  for (let at = firstBlockEndingAt(summary.blocks, fromMs); at < summary.blocks.length; at += 1) {
    const block = summary.blocks[at] as SummaryBlock;
    if (block.firstMs >= toMs) break;
    const bucket = bucketOf(block.firstMs);
    const inOneBucket = bucket >= 0 && bucket < buckets && bucket === bucketOf(block.lastMs);
    if (inOneBucket) addBlock(block, bucket);
    else await addEntries(at * BLOCK_ENTRIES, (at + 1) * BLOCK_ENTRIES);
  }
  await addEntries(summary.blocks.length * BLOCK_ENTRIES, reader.count);

  const lanes = summary.lanes.map((lane, at) => ({ ...lane, counts: counts[at] as Uint32Array }));
  return { fromMs, toMs, buckets, lanes, bytes, sessionEndMs: reader.lastAtMs };
}

function add(counts: Uint32Array | undefined, bucket: number, frames: number): void {
  if (counts) counts[bucket] = (counts[bucket] as number) + frames;
}

/** The first block that reaches `atMs`. Blocks follow each other in time. */
function firstBlockEndingAt(blocks: readonly SummaryBlock[], atMs: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as SummaryBlock).lastMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
