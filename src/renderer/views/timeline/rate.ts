/** Events a second over a slice, in columns wide enough to be a rate and not single events. Pure. */
import type { TimelineSlice } from '../../../shared/session/timeline-slice.ts';
import type { TimeScale } from './time-scale.ts';

export interface Rate {
  /** Where columns begin, session-clock ms. */
  readonly starts: readonly number[];
  readonly perSecond: readonly number[];
  /** Where the last one ends. */
  readonly endMs: number;
  readonly most: number;
}

const COLUMN_PIXELS = 6;

export function rateOf(slice: TimelineSlice, scale: TimeScale): Rate {
  const bucketMs = (slice.toMs - slice.fromMs) / slice.buckets;
  const bucketPixels = (bucketMs / (scale.toMs - scale.fromMs)) * scale.width;
  const group = Math.max(1, Math.round(COLUMN_PIXELS / bucketPixels));
  const starts: number[] = [];
  const perSecond: number[] = [];
  let most = 0;
  // Columns lie on a grid of their own, so that they do not change while the view moves.
  const first = Math.round(slice.fromMs / bucketMs);
  for (let at = (group - (((first % group) + group) % group)) % group; at < slice.buckets; at += group) {
    const end = Math.min(slice.buckets, at + group);
    let count = 0;
    for (const lane of slice.lanes)
      for (let bucket = at; bucket < end; bucket += 1) count += lane.counts[bucket] ?? 0;
    const rate = count / ((group * bucketMs) / 1000);
    most = Math.max(most, rate);
    starts.push(slice.fromMs + at * bucketMs);
    perSecond.push(rate);
  }
  return { starts, perSecond, endMs: slice.toMs, most };
}
