/**
 * The times and speeds of one answer as numbers with their definitions. Pure: the same answer, journal and estimate give the same
 * numbers in the window, in an export and on the command line. Nothing here is NaN, infinite or negative.
 */
import type { SeqNo } from '../../base/clock.ts';
import type { Completion } from '../completion.ts';
import { chunkGaps, type ChunkGaps } from './chunk-gaps.ts';
import { definitionOf } from './definitions.ts';
import type { Basis, CompletionMetrics, Metric, MetricId } from './metric.ts';
import { reportedNumbers } from './reported.ts';
import type { RequestTimes } from './request-times.ts';
import { tokenCount, type TokenCount } from './token-count.ts';

export interface MetricsInput {
  readonly completion: Completion;
  readonly request: RequestTimes;
  /** Tokens of the text by a tokenizer; null when nobody counted. Taken only where usage does not tell. */
  readonly estimatedTokens: number | null;
  /** When the caller has them already. */
  readonly gaps?: ChunkGaps | null;
}

const SINCE = {
  request: 'since the request was sent',
  'first-event': 'since the first event of the answer',
} as const;

export function completionMetrics(input: MetricsInput): CompletionMetrics {
  const { completion, request, estimatedTokens } = input;
  const { timing } = completion;
  const from = request.sentAtMs === null ? 'first-event' : 'request';
  const originMs = request.sentAtMs ?? timing.firstEventMs ?? 0;
  const gaps = input.gaps === undefined ? chunkGaps(timing) : input.gaps;
  const tokens = tokenCount(completion, estimatedTokens);
  const metrics: Metric[] = [];
  const add = (
    id: MetricId,
    value: number | null,
    more: Partial<Pick<Metric, 'basis' | 'note' | 'seq'>> = {},
  ) => {
    if (value === null || !Number.isFinite(value) || value < 0) return;
    const { label, unit, definition } = definitionOf(id);
    const sentence = definition.replace('{since}', SINCE[from]);
    metrics.push({
      id,
      label,
      value,
      unit,
      basis: 'measured',
      definition: sentence,
      note: '',
      seq: null,
      ...more,
    });
  };
  /** A moment before the origin is that of the origin: clocks of reads and of entries differ by parts of a millisecond. */
  const moment = (id: MetricId, atMs: number | null, seq: SeqNo | null): void =>
    add(id, atMs === null ? null : Math.max(0, atMs - originMs), { seq });

  if (from === 'request') {
    moment('head', request.headAtMs, null);
    moment('first-byte', request.firstByteAtMs, null);
  }
  moment('first-event', timing.firstEventMs, completion.firstSeq);
  moment('first-reasoning', timing.firstReasoningMs, timing.firstReasoningSeq);
  moment('first-answer', timing.firstContentMs, timing.firstContentSeq);
  moment('last-chunk', timing.lastContentMs, timing.deltaSeqs.at(-1) ?? null);
  if (completion.end !== 'streaming') moment('total', timing.lastEventMs, completion.lastSeq);
  add('chunks', timing.deltaSeqs.length);
  if (gaps) {
    add('gap-p50', gaps.p50);
    add('gap-p95', gaps.p95);
    add('gap-p99', gaps.p99);
    add('gap-max', gaps.max, { seq: gaps.maxSeq });
    add('stalls', gaps.stalls.length, { seq: gaps.stalls[0]?.seq ?? null });
    if (gaps.stalls.length > 0)
      add(
        'stalled',
        gaps.stalls.reduce((sum, { gapMs }) => sum + gapMs, 0),
      );
  }
  if (tokens) addTokens(add, completion, tokens, from === 'request' ? originMs : null);
  const reported = reportedNumbers(completion, tokens?.basis === 'measured' ? tokens.total : null);
  return { from, originMs, metrics, reported };
}

function addTokens(
  add: (id: MetricId, value: number | null, more: { basis: Basis; note: string }) => void,
  { timing }: Completion,
  { total, streamed, basis, note }: TokenCount,
  requestMs: number | null,
): void {
  const first = timing.deltaAtMs[0];
  const last = timing.deltaAtMs.at(-1);
  const known = { basis, note };
  add('output-tokens', total, known);
  if (first === undefined || last === undefined) return;
  const decodeMs = last - first;
  if (decodeMs > 0 && streamed > 1) add('decode-rate', ((streamed - 1) * 1000) / decodeMs, known);
  if (requestMs !== null && last > requestMs)
    add('end-to-end-rate', (total * 1000) / (last - requestMs), known);
  if (decodeMs > 0 && streamed > 1) add('time-per-token', decodeMs / (streamed - 1), known);
}
