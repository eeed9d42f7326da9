/**
 * Turns what is known of a stretch of time into draw calls. Pure, so that it can be tested without a canvas; its cost is the
 * number of buckets times lanes, whatever the number of events.
 */
import type { TimelineSlice } from '../../../shared/session/timeline-slice.ts';
import { tintOf } from '../../state/tints.ts';
import type { Connection, Silence } from './bands.ts';
import { BAND_HEIGHT, RATE_HEIGHT, type Layout } from './layout.ts';
import type { Rate } from './rate.ts';
import { ticksOf, xOf, type TimeScale, type TimeSpan } from './time-scale.ts';

/** Name of a custom property of the palette, without the dashes. */
export type ColorName = string;

export type DrawCall =
  | {
      readonly kind: 'rects';
      readonly color: ColorName;
      readonly alpha: number;
      readonly rects: readonly number[];
    }
  | { readonly kind: 'hatch'; readonly color: ColorName; readonly rects: readonly number[] }
  | {
      readonly kind: 'area';
      readonly color: ColorName;
      readonly base: number;
      readonly points: readonly number[];
    }
  | { readonly kind: 'triangles'; readonly color: ColorName; readonly points: readonly number[] }
  | {
      readonly kind: 'text';
      readonly color: ColorName;
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly align: 'left' | 'center' | 'right';
    };

export interface Picture {
  readonly scale: TimeScale;
  readonly layout: Layout;
  readonly slice: TimelineSlice | null;
  readonly rate: Rate | null;
  readonly connection: Connection;
  readonly silences: readonly Silence[];
  /** Where the session ends, or is now. */
  readonly endMs: number;
  readonly selectedMs: number | null;
  readonly range: TimeSpan | null;
  readonly pointerX: number | null;
}

export function paint(picture: Picture): DrawCall[] {
  const { scale, layout, slice } = picture;
  const calls: DrawCall[] = [];
  paintBackground(picture, calls);
  paintBands(picture, calls);
  paintRate(picture, calls);
  if (slice && slice.buckets > 0) {
    slice.lanes.forEach((lane, at) => paintLane(lane.counts, laneColor(lane), at, slice, picture, calls));
  }
  paintRange(picture, calls);
  const line = (ms: number | null, color: ColorName, width: number): void => {
    if (ms === null) return;
    const x = Math.round(xOf(ms, scale));
    if (x >= -1 && x <= layout.width)
      calls.push({ kind: 'rects', color, alpha: 1, rects: [x - (width - 1) / 2, 0, width, layout.height] });
  };
  line(picture.endMs, 'line-strong', 1);
  line(picture.selectedMs, 'accent', 2);
  if (picture.pointerX !== null)
    calls.push({
      kind: 'rects',
      color: 'text-3',
      alpha: 0.6,
      rects: [Math.round(picture.pointerX), 0, 1, layout.height],
    });
  return calls;
}

export function laneColor(lane: { readonly name: string; readonly isEventType: boolean }): ColorName {
  return lane.isEventType ? `tint-${tintOf(lane.name)}` : 'text-3';
}

function paintBackground({ scale, layout, endMs }: Picture, calls: DrawCall[]): void {
  const from = xOf(0, scale);
  const to = xOf(endMs, scale);
  // What lies before and after the session is not data.
  const outside: number[] = [];
  if (from > 0) outside.push(0, 0, from, layout.height);
  if (to < layout.width) outside.push(to, 0, layout.width - to, layout.height);
  calls.push({ kind: 'rects', color: 'surface-1', alpha: 1, rects: outside });
  const lines: number[] = [];
  for (const tick of ticksOf(scale)) {
    const x = Math.round(xOf(tick.ms, scale));
    lines.push(x, 18, 1, layout.height - 18);
    // A label that would be cut in two is left out; its line stays.
    const half = tick.label.length * 3.2;
    if (x - half < -2 || x + half > layout.width + 2) continue;
    calls.push({ kind: 'text', color: 'text-3', text: tick.label, x, y: 13, align: 'center' });
  }
  for (let lane = 0; lane <= layout.laneCount; lane += 1)
    lines.push(0, layout.lanesTop + lane * layout.laneHeight, layout.width, 1);
  calls.push({ kind: 'rects', color: 'line', alpha: 1, rects: lines });
}

const BAND_COLORS = { connecting: 'accent', open: 'ok', refused: 'bad', waiting: 'warn' } as const;

function paintBands({ scale, layout, connection, silences }: Picture, calls: DrawCall[]): void {
  const top = layout.bandTop;
  for (const band of connection.bands) {
    const x = xOf(band.fromMs, scale);
    const width = Math.max(1.5, xOf(band.toMs, scale) - x);
    if (x > layout.width || x + width < 0) continue;
    const color = BAND_COLORS[band.kind];
    const rects = clip(x, top, width, BAND_HEIGHT, layout.width);
    // Colour is not alone: waiting is hatched, and an open connection has a line under it.
    if (band.kind === 'waiting') calls.push({ kind: 'hatch', color, rects });
    else calls.push({ kind: 'rects', color, alpha: band.kind === 'open' ? 0.16 : 0.4, rects });
    if (band.kind === 'open')
      calls.push({
        kind: 'rects',
        color,
        alpha: 1,
        rects: clip(x, top + BAND_HEIGHT - 2, width, 2, layout.width),
      });
    const label = width > 84 && band.kind !== 'connecting' ? labelOf(band.kind, band.attempt) : null;
    if (label)
      calls.push({
        kind: 'text',
        color: 'text-2',
        text: label,
        x: Math.max(x, 0) + 6,
        y: top + 14,
        align: 'left',
      });
  }
  const quiet = silences.flatMap((silence) => {
    const x = xOf(silence.fromMs, scale);
    return clip(x, top, xOf(silence.toMs, scale) - x, BAND_HEIGHT - 2, layout.width);
  });
  if (quiet.length > 0) calls.push({ kind: 'hatch', color: 'text-3', rects: quiet });
  for (const bad of [false, true]) {
    const points = connection.ends
      .filter((end) => end.bad === bad)
      .flatMap((end) => [xOf(end.atMs, scale), top + BAND_HEIGHT])
      .filter((_, at, all) => inView(all[at - (at % 2)] ?? -1, layout.width));
    if (points.length > 0) calls.push({ kind: 'triangles', color: bad ? 'bad' : 'text-2', points });
  }
}

function inView(x: number, width: number): boolean {
  return x >= -8 && x <= width + 8;
}

function labelOf(kind: 'open' | 'refused' | 'waiting', attempt: number): string {
  return kind === 'open' ? `open, attempt ${attempt}` : kind;
}

function clip(x: number, y: number, width: number, height: number, limit: number): number[] {
  const left = Math.max(0, x);
  const right = Math.min(limit, x + width);
  return right > left ? [left, y, right - left, height] : [];
}

function paintRate({ scale, layout, rate }: Picture, calls: DrawCall[]): void {
  const base = layout.rateTop + RATE_HEIGHT;
  if (rate && rate.most > 0) {
    const points = rate.starts.flatMap((ms, at) => [
      xOf(ms, scale),
      base - ((rate.perSecond[at] ?? 0) / rate.most) * (RATE_HEIGHT - 4),
    ]);
    points.push(xOf(rate.endMs, scale), points.at(-1) ?? base);
    calls.push({ kind: 'area', color: 'accent', base, points });
  }
  calls.push({ kind: 'rects', color: 'line', alpha: 1, rects: [0, base, layout.width, 1] });
}

/** Part of a lane's height that a single event takes where others are more. */
const LEAST = 0.45;
/** So many events in a bucket fill the lane, unless there are more somewhere. */
const FULL = 8;

/** A bar a bucket: one event is a tick, more make it taller, on a logarithmic scale up to the busiest bucket of all lanes. */
function paintLane(
  counts: Uint32Array,
  color: ColorName,
  at: number,
  slice: TimelineSlice,
  { scale, layout }: Picture,
  calls: DrawCall[],
): void {
  const most = busiest(slice);
  const bucketMs = (slice.toMs - slice.fromMs) / slice.buckets;
  const bucketWidth = (bucketMs / (scale.toMs - scale.fromMs)) * scale.width;
  // Whole pixels: dense buckets touch, and a single event is a sharp line.
  const width = bucketWidth <= 1 ? 1 : 2;
  const bottom = layout.lanesTop + (at + 1) * layout.laneHeight - 1;
  const room = layout.laneHeight - 4;
  const top = Math.log(Math.max(most, FULL));
  const rects: number[] = [];
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    const count = counts[bucket] ?? 0;
    if (count === 0) continue;
    const x = Math.round(xOf(slice.fromMs + (bucket + 0.5) * bucketMs, scale) - width / 2);
    if (x < -width || x > layout.width) continue;
    const height = most > 1 ? room * (LEAST + (1 - LEAST) * (Math.log(count) / top)) : room;
    rects.push(x, bottom - height, width, height);
  }
  if (rects.length > 0) calls.push({ kind: 'rects', color, alpha: 1, rects });
}

const busiestOf = new WeakMap<TimelineSlice, number>();

function busiest(slice: TimelineSlice): number {
  const known = busiestOf.get(slice);
  if (known !== undefined) return known;
  let most = 1;
  for (const lane of slice.lanes) for (const count of lane.counts) if (count > most) most = count;
  busiestOf.set(slice, most);
  return most;
}

function paintRange({ scale, layout, range }: Picture, calls: DrawCall[]): void {
  if (!range) return;
  const from = xOf(range.fromMs, scale);
  const to = xOf(range.toMs, scale);
  calls.push({
    kind: 'rects',
    color: 'accent',
    alpha: 0.14,
    rects: clip(from, 0, to - from, layout.height, layout.width),
  });
  calls.push({
    kind: 'rects',
    color: 'accent',
    alpha: 1,
    rects: [...clip(from, 0, 1, layout.height, layout.width), ...clip(to, 0, 1, layout.height, layout.width)],
  });
}
