/** Which entries of a session match a query of the filter bar, for commands that take one. */
import { createBoundedRun } from '../main/sessions/bounded-run.ts';
import { createFactsOf } from '../shared/checks/entry-facts.ts';
import { decodedEntries } from '../shared/export/decoded-entries.ts';
import { matches, type EventFacts } from '../shared/filter/matches.ts';
import { hasRegex, parseQuery, type Query } from '../shared/filter/query.ts';
import type { AnnotationReader } from '../shared/session/annotations.ts';
import type { SessionReader } from '../shared/session/log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { UsageError } from './command.ts';

const SLICE_LIMIT_MS = 5000;

export interface QueryHit {
  readonly seq: number;
  readonly facts: EventFacts;
}

/** `called` is what the user knows the text as. Throws a UsageError. */
export function readQuery(text: string, called: string): Query {
  const read = parseQuery(text);
  if (!read.ok)
    throw new UsageError(`${called} cannot be read at character ${read.from + 1}: ${read.message}`);
  return read.query;
}

/** Of each slice of the session those that match, in order; an empty list where none does. */
export async function* queryHits(
  query: Query,
  reader: SessionReader,
  { annotationOf }: AnnotationReader,
  byteText: ByteText,
): AsyncGenerator<readonly QueryHit[], void, void> {
  const run = hasRegex(query) ? createBoundedRun(SLICE_LIMIT_MS) : <T>(work: () => T): T => work();
  const factsOf = createFactsOf();
  for await (const entries of decodedEntries(reader, { from: 0, to: reader.count }, byteText))
    yield run(() =>
      entries
        .map((entry) => ({ seq: entry.seq, facts: { ...factsOf(entry), ...annotationOf(entry.seq) } }))
        .filter(({ facts }) => matches(query, facts)),
    );
}
