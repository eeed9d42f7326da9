/**
 * What is measured of an answer: the shapes. Types only. The definitions are in `definitions.ts`, in words for people in
 * docs/timing.md (llm-dialects.md, "Metrics").
 */
import type { SeqNo } from '../../base/clock.ts';

export type MetricId =
  | 'head'
  | 'first-byte'
  | 'first-event'
  | 'first-reasoning'
  | 'first-answer'
  | 'last-chunk'
  | 'total'
  | 'chunks'
  | 'gap-p50'
  | 'gap-p95'
  | 'gap-p99'
  | 'gap-max'
  | 'stalls'
  | 'stalled'
  | 'output-tokens'
  | 'decode-rate'
  | 'end-to-end-rate'
  | 'time-per-token';

/**
 * - `measured`: seen on the wire with our clock, and counts of tokens as the provider's usage says them.
 * - `estimated`: a tokenizer counted the tokens of the text that came.
 * - `reported`: the server's own number.
 */
export type Basis = 'measured' | 'estimated' | 'reported';

/** Milliseconds, a rate of tokens a second, or a count. */
export type MetricUnit = 'ms' | 'per-second' | 'count';

export interface Metric {
  readonly id: MetricId;
  readonly label: string;
  /** Finite, and never negative. */
  readonly value: number;
  readonly unit: MetricUnit;
  readonly basis: Basis;
  /** One sentence: what exactly it is. */
  readonly definition: string;
  /** Why it is an estimate, or what else has to be known; "" when nothing. */
  readonly note: string;
  /** The entry that it ends at; null when it is no moment. */
  readonly seq: SeqNo | null;
}

/** A number that the server told. */
export interface ReportedNumber {
  /** The provider's own name. */
  readonly name: string;
  readonly value: number;
  readonly unit: MetricUnit;
  readonly seq: SeqNo;
  /** Ours that it stands beside; null when there is none like it. */
  readonly beside: MetricId | null;
}

export interface CompletionMetrics {
  /** What times count from: the request, or the first event where the request is not known. */
  readonly from: 'request' | 'first-event';
  /** Session clock. */
  readonly originMs: number;
  /** In a fixed order; those that cannot be told are left out. */
  readonly metrics: readonly Metric[];
  readonly reported: readonly ReportedNumber[];
}
