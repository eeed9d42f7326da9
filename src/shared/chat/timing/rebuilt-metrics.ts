/** What is measured of an answer as plain JSON values. The keys are a promise (docs/formats.md). */
import type { MeasuredAnswer } from './measured-answer.ts';
import type { Basis, MetricId, MetricUnit } from './metric.ts';

export interface RebuiltMetrics {
  readonly from: MeasuredAnswer['from'];
  readonly values: readonly {
    readonly id: MetricId;
    readonly value: number;
    readonly unit: MetricUnit;
    readonly basis: Basis;
    readonly seq?: number;
  }[];
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];
  readonly stalls: readonly { readonly gapMs: number; readonly seq: number }[];
  readonly reported: readonly {
    readonly name: string;
    readonly value: number;
    readonly unit: MetricUnit;
    readonly seq: number;
    readonly beside?: MetricId;
  }[];
}

/** Stalls that are listed; a stream that stalls more often is known well enough. */
const MOST_STALLS = 100;

export function rebuiltMetrics({ from, metrics, gaps, reported }: MeasuredAnswer): RebuiltMetrics {
  return {
    from,
    values: metrics.map(({ id, value, unit, basis, seq }) => {
      return { id, value: roundedFigure(value), unit, basis, ...(seq !== null && { seq }) };
    }),
    gaps: (gaps?.histogram ?? []).map(({ fromMs, toMs, count }) => ({ fromMs, toMs, count })),
    stalls: (gaps?.stalls ?? [])
      .slice(0, MOST_STALLS)
      .map(({ gapMs, seq }) => ({ gapMs: roundedFigure(gapMs), seq })),
    reported: reported.map(({ name, value, unit, seq, beside }) => {
      return { name, value: roundedFigure(value), unit, seq, ...(beside !== null && { beside }) };
    }),
  };
}

/** Three digits behind the point: clocks tell microseconds, and what is behind them is arithmetic. */
export function roundedFigure(value: number): number {
  return Math.abs(value) < 1e12 ? Math.round(value * 1000) / 1000 : value;
}
