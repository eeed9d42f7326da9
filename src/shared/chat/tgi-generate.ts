/**
 * The `/generate_stream` of Hugging Face's Text Generation Inference: one token an event; the last one has the whole text and
 * the details. Special tokens are no text.
 */
import type { DialectEvent } from './dialect.ts';
import { listOf, objectOf, textOf, type JsonObject } from './json-read.ts';
import type { ChoiceDraft } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';

export const tgiGenerate = createPlainDialect({
  id: 'tgi-generate',
  label: 'TGI generate',
  endsWithDone: false,
  score(json) {
    if (typeof objectOf(json['token'])?.['text'] !== 'string') return 0;
    return 'generated_text' in json || 'details' in json ? 85 : 20;
  },
  take(tracker, json, event) {
    const token = objectOf(json['token']);
    if (!token) return tracker.diagnose('not-a-token', 'This event has no token.', event);
    const choice = tracker.choice(0);
    if (token['special'] !== true) tracker.append(choice, 'content', textOf(token['text']), event);
    takeProbability(choice, token, listOf(json['top_tokens']), event);
    const whole = json['generated_text'];
    if (typeof whole !== 'string') return;
    // With `return_full_text` the prompt stands before the answer.
    if (!whole.endsWith(choice.content.pieces.join(''))) {
      tracker.diagnose(
        'text-differs',
        'The tokens are not the text that the server says it generated.',
        event,
      );
    }
    const details = objectOf(json['details']);
    const reason = textOf(details?.['finish_reason']);
    if (reason !== '') tracker.finish(choice, reason, event);
    if (details) tracker.usage = counts(details);
    tracker.done(event);
  },
});

function takeProbability(
  choice: ChoiceDraft,
  token: JsonObject,
  others: readonly unknown[],
  event: DialectEvent,
): void {
  const logprob = token['logprob'];
  if (typeof logprob !== 'number' || token['special'] === true) return;
  const alternatives = others.flatMap((other) => {
    const of = objectOf(other);
    return typeof of?.['logprob'] === 'number' ? [{ token: textOf(of['text']), logprob: of['logprob'] }] : [];
  });
  choice.rich.logprob('content', textOf(token['text']), logprob, alternatives, event);
}

/** The numbers among the details. */
function counts(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => typeof value === 'number'));
}
