/**
 * The tokenizer for estimates: o200k_base of gpt-tokenizer. Its table is two megabytes, so it is a chunk of its own that is
 * loaded when somebody needs an estimate for the first time, and never at the start of a window.
 */
import type { CountTokens } from './token-estimate.ts';

export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // Words that look like a control token of OpenAI's are words of the answer.
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => countTokens(text, options);
}
