/** Time and pixels: which stretch of a session is in view, and how wheel and pointer change it. Pure; times are session-clock ms. */

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TimeScale extends TimeSpan {
  /** Pixels that the span is drawn on. */
  readonly width: number;
}

/** Closer than this there is nothing more to see: reads are timed to about a tenth of a millisecond. */
const MIN_SPAN_MS = 1;

/** Empty room that may be seen on either side of a session, as a part of the span in view. */
const MARGIN = 0.5;

export function xOf(ms: number, scale: TimeScale): number {
  return ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * scale.width;
}

export function msOf(x: number, scale: TimeScale): number {
  return scale.fromMs + (x / scale.width) * (scale.toMs - scale.fromMs);
}

/** Zooms by `factor` (above 1: closer) and keeps the time under `x` where it is. */
export function zoomAt(scale: TimeScale, x: number, factor: number, session: TimeSpan): TimeSpan {
  const whole = Math.max(MIN_SPAN_MS, session.toMs - session.fromMs);
  const span = Math.min(Math.max((scale.toMs - scale.fromMs) / factor, MIN_SPAN_MS), whole * 2);
  const part = x / scale.width;
  const fromMs = msOf(x, scale) - part * span;
  return keepNear({ fromMs, toMs: fromMs + span }, session);
}

export function panBy(scale: TimeScale, pixels: number, session: TimeSpan): TimeSpan {
  const by = (pixels / scale.width) * (scale.toMs - scale.fromMs);
  return keepNear({ fromMs: scale.fromMs + by, toMs: scale.toMs + by }, session);
}

/** Moves a span so that the session does not leave the view. */
export function keepNear(span: TimeSpan, session: TimeSpan): TimeSpan {
  const length = span.toMs - span.fromMs;
  const lowest = session.fromMs - length * MARGIN;
  const highest = Math.max(lowest, session.toMs - length * (1 - MARGIN));
  const fromMs = Math.min(Math.max(span.fromMs, lowest), highest);
  return { fromMs, toMs: fromMs + length };
}

/** The whole session with a little air at its end. */
export function fit(session: TimeSpan): TimeSpan {
  const length = Math.max(session.toMs - session.fromMs, 100);
  return { fromMs: session.fromMs - length * 0.01, toMs: session.fromMs + length * 1.03 };
}

/** A span of the same length that ends with the session. */
export function follow(span: TimeSpan, session: TimeSpan): TimeSpan {
  const length = span.toMs - span.fromMs;
  const toMs = Math.max(session.fromMs + length, session.toMs + length * 0.03);
  return { fromMs: toMs - length, toMs };
}

/**
 * Buckets to ask for: at least a pixel wide, on a grid that stays where it is while the span moves, and of few different
 * widths, so that bars do not shimmer while a session grows.
 */
export function bucketsFor(scale: TimeScale): TimeSpan & { readonly buckets: number } {
  const raw = (scale.toMs - scale.fromMs) / Math.max(1, scale.width);
  const bucketMs = 2 ** (Math.ceil(Math.log2(raw) * 4) / 4);
  const first = Math.floor(scale.fromMs / bucketMs);
  const end = Math.ceil(scale.toMs / bucketMs) + 1;
  const buckets = Math.min(4096, end - first);
  return { fromMs: first * bucketMs, toMs: (first + buckets) * bucketMs, buckets };
}

export interface Tick {
  readonly ms: number;
  readonly label: string;
}

const STEPS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000,
  120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000,
];

/** Round times at least `minPixels` apart. */
export function ticksOf(scale: TimeScale, minPixels = 90): Tick[] {
  const least = ((scale.toMs - scale.fromMs) / Math.max(1, scale.width)) * minPixels;
  const day = STEPS.at(-1) ?? 1;
  const step = STEPS.find((candidate) => candidate >= least) ?? Math.ceil(least / day) * day;
  const ticks: Tick[] = [];
  // Counted, not summed up: sums of tenths drift.
  for (let at = Math.max(0, Math.ceil(scale.fromMs / step)); at * step <= scale.toMs; at += 1)
    ticks.push({ ms: at * step, label: tickText(at * step, step) });
  return ticks;
}

function tickText(ms: number, step: number): string {
  if (ms === 0) return '0';
  if (step < 1) {
    const tenths = Math.round(ms * 10);
    return `${clock(Math.floor(tenths / 10_000))}.${String(tenths % 10_000).padStart(4, '0')}`;
  }
  const whole = Math.round(ms);
  const rest = String(whole % 1000).padStart(3, '0');
  if (step < 10) return `${clock(Math.floor(whole / 1000))}.${rest}`;
  if (step < 100) return `${clock(Math.floor(whole / 1000))}.${rest.slice(0, 2)}`;
  if (step < 1000) return `${clock(Math.floor(whole / 1000))}.${rest.slice(0, 1)}`;
  return clock(Math.floor(whole / 1000));
}

function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
