/** What stands under the pointer, in words. Pure. */
import type { TimelineLane, TimelineSlice } from '../../../shared/session/timeline-slice.ts';
import { countText } from '../../ui/measures.ts';
import type { Band, Connection, EndMark } from './bands.ts';
import { BAND_HEIGHT, laneAt, type Layout } from './layout.ts';
import { msOf, xOf, type TimeScale } from './time-scale.ts';

export interface Hover {
  readonly ms: number;
  readonly lane: TimelineLane | null;
  /** The entry to select on a click, when it is one of the connection. */
  readonly seq: number | null;
  /** "" when there is nothing to say but the time. */
  readonly text: string;
}

/** A pointer is not a needle: what is so many pixels off is meant as well. */
export const REACH = 4;

export function hoverAt(
  x: number,
  y: number,
  scale: TimeScale,
  layout: Layout,
  slice: TimelineSlice | null,
  connection: Connection,
): Hover {
  const ms = msOf(x, scale);
  if (y >= layout.bandTop && y < layout.bandTop + BAND_HEIGHT) {
    const found = connectionAt(x, scale, connection);
    return { ms, lane: null, seq: found?.seq ?? null, text: found?.title ?? '' };
  }
  const at = laneAt(y, layout);
  const lane = at === null ? null : (slice?.lanes[at] ?? null);
  if (!lane || !slice) return { ms, lane: null, seq: null, text: '' };
  const count = countNear(x, scale, slice, lane);
  return { ms, lane, seq: null, text: count === 0 ? lane.name : `${lane.name}: ${countText(count)}` };
}

function connectionAt(x: number, scale: TimeScale, connection: Connection): Band | EndMark | undefined {
  const end = connection.ends.find((mark) => Math.abs(xOf(mark.atMs, scale) - x) <= REACH + 2);
  return (
    end ??
    connection.bands.findLast(
      (band) => xOf(band.fromMs, scale) - REACH <= x && x <= xOf(band.toMs, scale) + REACH,
    )
  );
}

function countNear(x: number, scale: TimeScale, slice: TimelineSlice, lane: TimelineLane): number {
  const bucketMs = (slice.toMs - slice.fromMs) / slice.buckets;
  const bucketOf = (at: number): number => Math.floor((msOf(at, scale) - slice.fromMs) / bucketMs);
  let count = 0;
  for (let bucket = bucketOf(x - REACH); bucket <= bucketOf(x + REACH); bucket += 1)
    count += lane.counts[bucket] ?? 0;
  return count;
}
