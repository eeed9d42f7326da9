/** OpenAI's text to speech as a stream: `speech.audio.delta` brings sound, `speech.audio.done` ends it. */
import { objectOf, textOf } from './json-read.ts';
import { createPlainDialect } from './plain-dialect.ts';

export const openAiSpeech = createPlainDialect({
  id: 'openai-speech',
  label: 'OpenAI speech',
  endsWithDone: false,
  score: (json) => (textOf(json['type']).startsWith('speech.audio.') ? 95 : 0),
  take(tracker, json, event) {
    const choice = tracker.choice(0);
    if (json['type'] === 'speech.audio.delta') {
      return choice.rich.hear({ data: textOf(json['audio']), format: textOf(json['format']) }, event);
    }
    if (json['type'] !== 'speech.audio.done') {
      return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
    }
    tracker.usage = objectOf(json['usage']) ?? tracker.usage;
    tracker.done(event);
  },
});
