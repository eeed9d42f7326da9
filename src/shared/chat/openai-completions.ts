/**
 * The legacy `/v1/completions` stream of OpenAI, vLLM, llama.cpp and others: `choices[].text` grows, `[DONE]` ends it. A choice
 * that has a delta as well is a chat answer and not looked at here.
 */
import { listOf, objectOf, slotOf, textOf } from './json-read.ts';
import type { DialectEvent } from './dialect.ts';
import { takeChunkFacts } from './openai-facts.ts';
import { applyChoiceFacts } from './openai-parts.ts';
import type { PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';

export const openAiCompletions = createPlainDialect({
  id: 'openai-completions',
  label: 'OpenAI completions (legacy)',
  endsWithDone: true,
  score(json) {
    const { choices } = json;
    if (!Array.isArray(choices)) return 0;
    const choice = objectOf(choices[0]);
    if (!choice) {
      if (choices.length === 0 && json['object'] === 'text_completion') return 65;
      // Usage alone in its chunk belongs to the answer that is open.
      return objectOf(json['usage']) ? 4 : 0;
    }
    if (objectOf(choice['delta']) || objectOf(choice['message'])) return 0;
    return typeof choice['text'] === 'string' ? 85 : 4;
  },
  opensAnother(tracker, json) {
    const id = textOf(json['id']);
    const isOther = id !== '' && tracker.head.id !== null && id !== tracker.head.id;
    return isOther && tracker.allFinished() && listOf(json['choices']).length > 0;
  },
  take(tracker, json, event) {
    const { head } = tracker;
    head.id ??= textOf(json['id']) || null;
    head.model ??= textOf(json['model']) || null;
    head.systemFingerprint ??= textOf(json['system_fingerprint']) || null;
    const created = json['created'];
    if (typeof created === 'number' && created > 0) head.created ??= created;
    for (const entry of listOf(json['choices'])) takeChoice(tracker, entry, event);
    tracker.usage = objectOf(json['usage']) ?? tracker.usage;
    takeChunkFacts(tracker, json, event);
    if (!Array.isArray(json['choices']) && !objectOf(json['usage'])) {
      tracker.diagnose('not-a-chunk', 'This event has no "choices" and is not a part of the answer.', event);
    }
  },
});

function takeChoice(tracker: PartTracker, entry: unknown, event: DialectEvent): void {
  const from = objectOf(entry);
  if (!from) {
    return tracker.diagnose('bad-choice', 'An entry of "choices" is not an object.', event, 'bad-choice');
  }
  const choice = tracker.choice(slotOf(from['index']) ?? 0);
  const reason = textOf(from['finish_reason']);
  if (reason !== '') tracker.finish(choice, reason, event);
  tracker.append(choice, 'content', textOf(from['text']), event);
  applyChoiceFacts(choice, from, event);
}
