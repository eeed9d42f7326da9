/** Parsers of the arguments that speak of the library: labels of sessions, bookmarks and notes on their entries. */
import { MAX_ANNOTATIONS, MAX_NOTE_CHARS, type Annotation } from '../session/annotations.ts';
import type { SessionLabels } from '../session/entry.ts';
import { MAX_TAGS, tidyTags } from '../session/tags.ts';
import { bad, fields, flag, identifier, integer, list, text, type Fields } from './argument-fields.ts';

const MAX_SESSIONS = 100_000;
const MAX_NOTES_CHARS = 100_000;

export function annotate(value: unknown): {
  readonly sessionId: string;
  readonly changes: readonly Annotation[];
} {
  const from = fields(value);
  return {
    sessionId: identifier(from, 'sessionId'),
    changes: list(from, 'changes', MAX_ANNOTATIONS).map(annotation),
  };
}

function annotation(value: unknown): Annotation {
  const from = fields(value, 'each of "changes"');
  return {
    seq: integer(from, 'seq'),
    bookmarked: flag(from, 'bookmarked'),
    note: text(from, 'note', MAX_NOTE_CHARS),
  };
}

export function sessionRefs(value: unknown): { readonly sessionIds: readonly string[] } {
  return { sessionIds: identifiers(fields(value), 'sessionIds') };
}

/** What of the labels is there is changed; there must be something. */
export function describeSession(value: unknown): {
  readonly sessionId: string;
  readonly labels: Partial<Omit<SessionLabels, 'name'>>;
} {
  const from = fields(value);
  const given = fields(from['labels'], '"labels"');
  const labels = {
    ...('tags' in given && { tags: tags(given) }),
    ...('notes' in given && { notes: text(given, 'notes', MAX_NOTES_CHARS) }),
    ...('pinned' in given && { pinned: flag(given, 'pinned') }),
  };
  if (Object.keys(labels).length === 0) bad('"labels" changes nothing');
  return { sessionId: identifier(from, 'sessionId'), labels };
}

function tags(from: Fields): readonly string[] {
  return tidyTags(list(from, 'tags', MAX_TAGS).map((tag) => text({ tag }, 'tag', 4096)));
}

function identifiers(from: Fields, name: string): readonly string[] {
  return list(from, name, MAX_SESSIONS).map((id) => identifier({ id }, 'id'));
}
