/** Measured values in words, for people. The same everywhere; no locale. */
import type { GapBin } from './chunk-gaps.ts';
import type { MetricUnit } from './metric.ts';
import type { SpeedCurve, SpeedStep } from './speed-curve.ts';

/** "0.4 ms", "240 ms", "2.41 s"; "84.2/s"; "12" */
export function metricLabel(value: number, unit: MetricUnit): string {
  if (unit === 'count') return String(Math.round(value));
  if (unit === 'per-second') return `${value < 99.95 ? value.toFixed(1) : Math.round(value)}/s`;
  if (value >= 999.5) return `${trimmed(value / 1000, 2)} s`;
  return `${value < 10 ? trimmed(value, 1) : Math.round(value)} ms`;
}

/** `originMs`: what times count from, session clock. */
export function stepLabel(
  { unit, basis }: SpeedCurve,
  { fromMs, toMs, rate, chunks }: SpeedStep,
  originMs: number,
): string {
  const estimated = basis === 'estimated' ? ' (estimated)' : '';
  const from = metricLabel(Math.max(0, fromMs - originMs), 'ms');
  const to = metricLabel(Math.max(0, toMs - originMs), 'ms');
  return `${metricLabel(rate, 'per-second')} ${unit}${estimated}, ${from} to ${to}, ${countOf(chunks, 'chunk')}`;
}

export function binLabel({ fromMs, toMs, count }: GapBin): string {
  return `${countOf(count, 'gap')} of ${metricLabel(fromMs, 'ms')} to ${metricLabel(toMs, 'ms')}`;
}

function countOf(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

function trimmed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, '');
}
