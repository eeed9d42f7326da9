/** OpenAI's annotations, of chat (nested under their type) and of responses (flat), and bare URLs, as citations. */
import { objectOf, slotOf, textOf } from './json-read.ts';
import type { CitationNews } from './rich-parts.ts';

/** An annotation or search result; a bare URL is one as well. */
export function citationOf(value: unknown): CitationNews {
  if (typeof value === 'string') return { kind: 'url', url: value, value };
  const outer = objectOf(value) ?? {};
  const kind = textOf(outer['type']);
  const from = objectOf(outer[kind]) ?? outer;
  return {
    kind: kind || 'citation',
    title: textOf(from['title']) || textOf(from['filename']),
    url: textOf(from['url']),
    text:
      textOf(from['content']) || textOf(from['quote']) || textOf(from['snippet']) || textOf(outer['text']),
    start: slotOf(from['start_index']) ?? slotOf(outer['start_index']),
    end: slotOf(from['end_index']) ?? slotOf(outer['end_index']),
    value,
  };
}
