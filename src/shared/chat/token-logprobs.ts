/** Probabilities of tokens in the shapes that OpenAI's formats have had, into a choice. */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, textOf } from './json-read.ts';
import type { ChoiceDraft } from './part-tracker.ts';
import type { TokenAlternative } from './parts.ts';

/** `logprobs` of a choice: `{content, refusal}` of chat, or `{tokens, token_logprobs, top_logprobs}` of completions. */
export function applyLogprobs(choice: ChoiceDraft, value: unknown, event: DialectEvent): void {
  const logprobs = objectOf(value);
  if (!logprobs) return;
  applyTokens(choice, 'content', logprobs['content'], event);
  applyTokens(choice, 'refusal', logprobs['refusal'], event);
  const numbers = listOf(logprobs['token_logprobs']);
  const tops = listOf(logprobs['top_logprobs']);
  listOf(logprobs['tokens']).forEach((token, at) => {
    const logprob = numbers[at];
    // The first token of a prompt that is echoed has none.
    if (typeof token !== 'string' || typeof logprob !== 'number') return;
    const others = Object.entries(objectOf(tops[at]) ?? {});
    const alternatives = others.flatMap(([name, of]) => alternative(name, of));
    choice.rich.logprob('content', token, logprob, alternatives, event);
  });
}

/** A list of `{token, logprob, top_logprobs}`. */
export function applyTokens(
  choice: ChoiceDraft,
  slot: 'content' | 'refusal',
  list: unknown,
  event: DialectEvent,
): void {
  for (const entry of listOf(list)) {
    const from = objectOf(entry);
    const logprob = from?.['logprob'];
    if (!from || typeof logprob !== 'number') continue;
    const alternatives = listOf(from['top_logprobs']).flatMap((other) => {
      const of = objectOf(other);
      return alternative(of?.['token'], of?.['logprob']);
    });
    choice.rich.logprob(slot, textOf(from['token']), logprob, alternatives, event);
  }
}

function alternative(token: unknown, logprob: unknown): TokenAlternative[] {
  return typeof token === 'string' && typeof logprob === 'number' ? [{ token, logprob }] : [];
}
