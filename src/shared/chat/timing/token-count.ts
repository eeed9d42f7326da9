/** How many tokens an answer has: the provider's word where it covers all that came, else an estimate that somebody hands in. */
import type { Completion } from '../completion.ts';
import { outputTokens, reasoningTokens } from './output-tokens.ts';
import type { Basis } from './metric.ts';

export interface TokenCount {
  /** All that the model wrote. */
  readonly total: number;
  /** Without reasoning that was never shown: what came between the first chunk and the last. */
  readonly streamed: number;
  readonly basis: Basis;
  readonly note: string;
}

const ESTIMATE_NOTE =
  'The provider told no count for all of it, so the text that came was cut by o200k_base, the tokenizer of OpenAI’s newer ' +
  'models; other models cut it differently, and reasoning that was not shown is missing.';

/** `estimated`: tokens of the text that came, by a tokenizer; null when nobody counted. */
export function tokenCount(completion: Completion, estimated: number | null): TokenCount | null {
  const told = hasWholeUsage(completion) ? outputTokens(completion.usage) : null;
  if (told !== null) {
    const hidden = completion.timing.firstReasoningSeq === null ? reasoningTokens(completion.usage) : 0;
    const note =
      hidden > 0
        ? `${hidden} of them are reasoning that was not shown; the decode rate leaves them out, because they were written before the first chunk.`
        : '';
    return { total: told, streamed: told - hidden, basis: 'measured', note };
  }
  if (estimated === null || !Number.isFinite(estimated) || estimated <= 0) return null;
  return { total: estimated, streamed: estimated, basis: 'estimated', note: ESTIMATE_NOTE };
}

/**
 * Usage that came before the last chunk is of less than the whole: Anthropic's `message_start` counts one token, and an answer
 * that was cut off never says more.
 */
export function hasWholeUsage({ usageSeq, timing }: Completion): boolean {
  return usageSeq !== null && usageSeq >= (timing.deltaSeqs.at(-1) ?? 0);
}
