/** IBM watsonx's `generation_stream`: `results[0]` brings text, running token counts and, with the last text, a stop reason. */
import { listOf, objectOf, textOf, type JsonObject } from './json-read.ts';
import type { PartTracker } from './part-tracker.ts';
import { createPlainDialect } from './plain-dialect.ts';

const COUNTS = ['input_token_count', 'generated_token_count'];

export const watsonxGenerate = createPlainDialect({
  id: 'watsonx',
  label: 'watsonx generation',
  endsWithDone: false,
  score: (json) => (typeof resultOf(json)?.['generated_text'] === 'string' ? 85 : 0),
  take(tracker, json, event) {
    const result = resultOf(json);
    if (!result) return tracker.diagnose('no-result', 'This event has no result.', event);
    const choice = tracker.choice(0);
    tracker.head.model ??= textOf(json['model_id']) || null;
    const created = Date.parse(textOf(json['created_at']));
    if (!Number.isNaN(created)) tracker.head.created ??= Math.floor(created / 1000);
    const reason = textOf(result['stop_reason']);
    if (reason !== '' && reason.toLowerCase() !== 'not_finished') tracker.finish(choice, reason, event);
    tracker.append(choice, 'content', textOf(result['generated_text']), event);
    takeCounts(tracker, result);
    tracker.fact('moderation', 'moderations', result['moderations'], event);
    tracker.fact('identity', 'model_version', json['model_version'], event);
  },
});

function resultOf(json: JsonObject): JsonObject | null {
  return objectOf(listOf(json['results'])[0]);
}

/** Both counts are of everything so far; the input's is told once and is 0 after that. */
function takeCounts(tracker: PartTracker, result: JsonObject): void {
  for (const name of COUNTS) {
    const count = result[name];
    const before = tracker.usage?.[name];
    if (typeof count !== 'number' || (typeof before === 'number' && before >= count)) continue;
    tracker.usage = { ...tracker.usage, [name]: count };
  }
}
