/** Answers for the timeline: frames counted into buckets, a lane an event type. Costs the width of the canvas. */
import { RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { TimelineLane, TimelineRequest, TimelineSlice } from '../../shared/session/timeline-slice.ts';
import { createPause } from './pause.ts';
import { BLOCK_RECORDS, createTimelineSummary } from './timeline-summary.ts';

/** Lanes with the most frames are shown; the others share one. */
export const MAX_LANES = 24;
/** Blocks that are read at the same time. */
const READ_AHEAD = 32;

export interface TimelineQuery {
  slice(request: TimelineRequest): Promise<TimelineSlice>;
}

/** Keeps the summary of one session between queries. */
export function createTimelineQuery(reader: SessionReader): TimelineQuery {
  const summary = createTimelineSummary(reader);

  async function slice({ fromMs, toMs, buckets }: TimelineRequest): Promise<TimelineSlice> {
    await summary.catchUp();
    const bucketMs = (toMs - fromMs) / buckets;
    const laneCounts: Uint32Array[] = [];
    const bytes = new Float64Array(buckets);
    const totals = summary.lanes.map((lane) => lane.total);

    const countsOf = (lane: number): Uint32Array => (laneCounts[lane] ??= new Uint32Array(buckets));
    /** -1 outside. The end belongs to the last bucket, so that the newest event is in an overview. */
    const bucketOf = (atMs: number): number => {
      if (!(atMs >= fromMs && atMs <= toMs) || bucketMs <= 0) return -1;
      return Math.min(buckets - 1, Math.floor((atMs - fromMs) / bucketMs));
    };

    function addRecords(view: DataView, live: boolean): void {
      for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
        const lane = summary.laneOf(view, at);
        if (lane < 0) continue;
        if (live) totals[lane] = (totals[lane] ?? 0) + 1;
        const bucket = bucketOf(view.getFloat64(at + 8, true));
        if (bucket < 0) continue;
        (countsOf(lane)[bucket] as number) += 1;
        (bytes[bucket] as number) += view.getUint32(at + 16, true);
      }
    }

    function addBlock(number: number, bucket: number): void {
      const { counts, countsFrom, countsEnd, count } = blocks;
      const end = number + 1 < count ? (countsFrom[number + 1] as number) : countsEnd;
      for (let at = countsFrom[number] as number; at < end; at += 2) {
        (countsOf(counts[at] as number)[bucket] as number) += counts[at + 1] as number;
      }
      (bytes[bucket] as number) += blocks.bytes[number] as number;
    }

    const { blocks } = summary;
    const counted = blocks.count;
    const toRead: number[] = [];
    for (let number = 0; number < counted; number += 1) {
      const minMs = blocks.minMs[number] as number;
      const maxMs = blocks.maxMs[number] as number;
      if (maxMs < fromMs || minMs > toMs) continue;
      const bucket = bucketOf(minMs);
      if (bucket >= 0 && bucket === bucketOf(maxMs)) addBlock(number, bucket);
      else toRead.push(number);
    }
    const pause = createPause();
    for (let at = 0; at < toRead.length; at += READ_AHEAD) {
      const views = toRead
        .slice(at, at + READ_AHEAD)
        .map((number) => reader.readRecords(number * BLOCK_RECORDS, (number + 1) * BLOCK_RECORDS));
      for (const view of await Promise.all(views)) addRecords(view, false);
      await pause();
    }
    addRecords(await reader.readRecords(counted * BLOCK_RECORDS, reader.count), true);
    const lanes = shownLanes(laneCounts, totals, buckets);
    return { fromMs, toMs, buckets, lanes, bytes, sessionEndMs: reader.lastAtMs };
  }

  /** In the order in which they first appeared, so that lanes do not change places while the session grows. */
  function shownLanes(
    counts: readonly Uint32Array[],
    totals: readonly number[],
    buckets: number,
  ): TimelineLane[] {
    const all = totals.map((_, lane) => lane);
    const ranked = all.toSorted((one, other) => (totals[other] ?? 0) - (totals[one] ?? 0));
    const shown = all.length <= MAX_LANES ? all : ranked.slice(0, MAX_LANES - 1).toSorted((a, b) => a - b);
    const lanes = shown.map((lane): TimelineLane => {
      const { name, isEventType } = summary.lanes[lane] ?? { name: '', isEventType: false };
      return { name, isEventType, counts: counts[lane] ?? new Uint32Array(buckets) };
    });
    if (shown.length === all.length) return lanes;
    const other = new Uint32Array(buckets);
    for (const lane of all.filter((candidate) => !shown.includes(candidate))) {
      counts[lane]?.forEach((count, bucket) => ((other[bucket] as number) += count));
    }
    return [...lanes, { name: 'other', isEventType: false, counts: other }];
  }

  return { slice };
}
