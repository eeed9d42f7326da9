/** What exports and the command line measure of the answers of a session; loads the tokenizer when an answer has no usage. */
import type { NumberedJournalEntry } from '../../session/entry.ts';
import type { Completion } from '../completion.ts';
import { measuredAnswer, type MeasuredAnswer } from './measured-answer.ts';
import { tokenCount } from './token-count.ts';
import { createTokenEstimate } from './token-estimate.ts';
import { loadTokenizer } from './tokenizer.ts';

export async function measuredAnswers(
  completions: readonly Completion[],
  journal: readonly NumberedJournalEntry[],
): Promise<MeasuredAnswer[]> {
  const needsEstimate = completions.some(lacksCount);
  const estimate = needsEstimate ? createTokenEstimate(await loadTokenizer()) : null;
  return completions.map((completion) => {
    const tokens = estimate && lacksCount(completion) ? estimate.of(completion) : null;
    return measuredAnswer(completion, journal, tokens);
  });
}

/** Whether text came whose tokens the provider did not count. */
export function lacksCount(completion: Completion): boolean {
  return completion.timing.deltaSeqs.length > 0 && tokenCount(completion, null) === null;
}
