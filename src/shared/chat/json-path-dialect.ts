/**
 * Plain JSON with a path that the user gives: the text at the path is the content. Claims every event, so it is used alone and
 * never found by itself. The end of the stream, or `[DONE]`, ends the answer.
 */
import type { Dialect } from './dialect.ts';
import { objectOf, textOf } from './json-read.ts';
import { valueAt, type JsonPath } from './json-path.ts';
import { createPlainDialect } from './plain-dialect.ts';
import type { PartTracker } from './part-tracker.ts';
import type { AnyDialect } from './registry.ts';

export const JSON_PATH = 'json-path';

/** `isCumulative`: each event has the text so far, not what is new. */
export function createJsonPathDialect(path: JsonPath, isCumulative: boolean): Dialect<PartTracker> {
  const plain = createPlainDialect({
    id: JSON_PATH,
    label: 'Plain JSON',
    endsWithDone: true,
    score: (json) => (typeof valueAt(json, path) === 'string' ? 100 : 4),
    take(tracker, json, event) {
      const value = textOf(valueAt(json, path));
      const choice = tracker.choice(0);
      tracker.head.model ??= textOf(json['model']) || null;
      tracker.usage = objectOf(json['usage']) ?? tracker.usage;
      if (!isCumulative) return tracker.append(choice, 'content', value, event);
      const before = choice.content.pieces.join('');
      if (value.startsWith(before))
        return tracker.append(choice, 'content', value.slice(before.length), event);
      if (value !== '')
        tracker.diagnose('text-differs', 'The text so far is not how this one begins.', event);
    },
  });
  return {
    ...plain,
    view(tracker, streamEnded) {
      const view = plain.view(tracker, streamEnded);
      // There is nothing that could be missing: the end of the stream is the end of the answer.
      return view.end === 'truncated' ? { ...view, end: 'complete' } : view;
    },
  };
}

/** The dialect as the user wants it: it opens an answer with whatever comes first. */
export function insisted(dialect: AnyDialect): AnyDialect {
  return {
    ...dialect,
    score: (event) => Math.max(dialect.score(event), typeof event.json === 'object' ? 5 : 1),
  };
}
