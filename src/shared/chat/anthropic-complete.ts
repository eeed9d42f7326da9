/** Anthropic's legacy `/v1/complete` stream: `completion` grows, and the event with a `stop_reason` is the last one. */
import { textOf } from './json-read.ts';
import { createPlainDialect } from './plain-dialect.ts';

export const anthropicComplete = createPlainDialect({
  id: 'anthropic-complete-legacy',
  label: 'Anthropic completions (legacy)',
  endsWithDone: false,
  score(json) {
    if (typeof json['completion'] === 'string' && 'stop_reason' in json) return 85;
    return json['type'] === 'ping' ? 1 : 0;
  },
  take(tracker, json, event) {
    if (json['type'] === 'ping') return;
    if (typeof json['completion'] !== 'string') {
      return tracker.diagnose('unknown-event', 'An event without "completion".', event);
    }
    const choice = tracker.choice(0);
    tracker.head.id ??= textOf(json['id']) || textOf(json['log_id']) || null;
    tracker.head.model ??= textOf(json['model']) || null;
    const reason = textOf(json['stop_reason']);
    tracker.append(choice, 'content', json['completion'], event);
    if (reason === '') return;
    tracker.finish(choice, reason, event);
    tracker.done(event);
  },
});
