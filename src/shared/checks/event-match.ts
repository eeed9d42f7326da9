/**
 * Which entries a query of a check means: events alone, unless it asks for a kind (`kind:comment`), because "an event that
 * matches" is what checks are about.
 */
import { matches, type EventFacts } from '../filter/matches.ts';
import { hasRegex, someTerm } from '../filter/query.ts';
import type { SpecQuery } from './spec-node.ts';

export type EventMatch = (facts: EventFacts) => boolean;

export function eventMatch({ query }: SpecQuery): EventMatch {
  const anyKind = someTerm(query, ({ op }) => op === 'kind');
  return (facts) => (anyKind || facts.kind === 'event') && matches(query, facts);
}

/** All events. */
export const everyEvent: EventMatch = ({ kind }) => kind === 'event';

/** Of a query that need not be there. */
export function eventMatchOr(query: SpecQuery | null): EventMatch {
  return query === null ? everyEvent : eventMatch(query);
}

export function anyRegex(queries: readonly (SpecQuery | null)[]): boolean {
  return queries.some((one) => one !== null && hasRegex(one.query));
}
