/** OpenAI's speech to text as a stream: `transcript.text.delta` grows the text, `transcript.text.done` has it whole and ends it. */
import type { DialectEvent } from './dialect.ts';
import { objectOf, textOf, type JsonObject } from './json-read.ts';
import type { PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';
import { applyTokens } from './token-logprobs.ts';

const PREFIX = 'transcript.text.';

export const openAiTranscription = createPlainDialect({
  id: 'openai-transcription',
  label: 'OpenAI transcription',
  endsWithDone: false,
  score: (json) => (textOf(json['type']).startsWith(PREFIX) ? 95 : 0),
  take(tracker, json, event) {
    const choice = tracker.choice(0);
    switch (json['type']) {
      case 'transcript.text.delta':
        applyTokens(choice, 'content', json['logprobs'], event);
        return tracker.append(choice, 'content', textOf(json['delta']), event);
      case 'transcript.text.segment':
        return choice.rich.keep('segment', json, event);
      case 'transcript.text.done':
        return takeWhole(tracker, json, event);
      default:
        return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
    }
  },
});

function takeWhole(tracker: PartTracker, json: JsonObject, event: DialectEvent): void {
  const choice = tracker.choice(0);
  const streamed = choice.content.pieces.join('');
  const whole = textOf(json['text']);
  if (whole.startsWith(streamed)) tracker.append(choice, 'content', whole.slice(streamed.length), event);
  else if (whole !== '') {
    const message = 'The streamed text is not what the server says it is as a whole.';
    tracker.diagnose('text-differs', message, event);
  }
  if (choice.rich.contentLogprobs.tokens.length === 0)
    applyTokens(choice, 'content', json['logprobs'], event);
  tracker.usage = objectOf(json['usage']) ?? tracker.usage;
  tracker.done(event);
}
