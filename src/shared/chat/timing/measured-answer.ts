/** All that is measured of one answer, as views, exports and comparisons take it: its numbers, its gaps, its speed. */
import type { Completion } from '../completion.ts';
import type { NumberedJournalEntry } from '../../session/entry.ts';
import { chunkGaps, type ChunkGaps } from './chunk-gaps.ts';
import { completionMetrics } from './completion-metrics.ts';
import type { CompletionMetrics } from './metric.ts';
import { requestTimes, type RequestTimes } from './request-times.ts';
import { speedCurve, type SpeedCurve } from './speed-curve.ts';
import { tokenCount } from './token-count.ts';

export interface MeasuredAnswer extends CompletionMetrics {
  readonly request: RequestTimes;
  readonly gaps: ChunkGaps | null;
  readonly curve: SpeedCurve | null;
}

/** `estimatedTokens`: of its text by a tokenizer; null when nobody counted. */
export function measuredAnswer(
  completion: Completion,
  journal: readonly NumberedJournalEntry[],
  estimatedTokens: number | null,
): MeasuredAnswer {
  const request = requestTimes(journal, completion.firstSeq);
  const gaps = chunkGaps(completion.timing);
  const metrics = completionMetrics({ completion, request, estimatedTokens, gaps });
  return {
    ...metrics,
    request,
    gaps,
    curve: speedCurve(completion, tokenCount(completion, estimatedTokens)),
  };
}
