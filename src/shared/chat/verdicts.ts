/** All verdicts on an answer: how it ended first, then what is worst. One file a family; this one only puts them together. */
import type { Completion } from './completion.ts';
import { bufferingVerdicts } from './verdict-buffering.ts';
import { contentVerdicts } from './verdict-content.ts';
import { endVerdicts } from './verdict-end.ts';
import { streamVerdicts } from './verdict-stream.ts';
import type { Verdict, VerdictContext } from './verdict.ts';

export function verdictsOf(completion: Completion, context: VerdictContext): Verdict[] {
  return [
    ...endVerdicts(completion),
    ...contentVerdicts(completion),
    ...streamVerdicts(completion, context),
    ...bufferingVerdicts(completion, context),
  ];
}

/** The verdicts on each answer of a stream. */
export function allVerdicts(
  completions: readonly Completion[],
  requestSentMs: number | null = null,
): Verdict[][] {
  return completions.map((completion, index) =>
    verdictsOf(completion, { completions, index, requestSentMs }),
  );
}
