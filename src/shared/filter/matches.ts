/**
 * Whether an event passes a query. Everything that asks this asks here: the filter of the list, finding, searching all
 * sessions, and whoever has one decoded event and no log: `matches(query, facts)`.
 */
import { assertNever } from '../base/assert.ts';
import type { EntryKind } from '../session/entry.ts';
import { matchJson, ordered } from './json-query.ts';
import type { Query, Term } from './query.ts';
import { matchText } from './text-test.ts';

/** What is known of an entry. */
export interface EventFacts {
  readonly kind: EntryKind;
  /** Event type; "" for entries that are no events. */
  readonly type: string;
  /** What the entry says, whole: the data of an event, the text of a comment, a sentence about anything else. */
  readonly data: string;
  /** The id that it sets, else null. */
  readonly id: string | null;
  /** Bytes on the wire; 0 for entries that are no frames. */
  readonly size: number;
  /** When its last byte came, on the session's clock. */
  readonly atMs: number;
  /** Since the event before it; null for the first one, and for entries that are no events. */
  readonly gapMs: number | null;
  readonly attempt: number;
  readonly bookmarked: boolean;
  /** The user's note on it; "" when there is none. */
  readonly note: string;
}

/** Facts of which some are not known yet: those are undefined. */
export type KnownFacts = { readonly [K in keyof EventFacts]: EventFacts[K] | undefined };

/** Facts of an event that has nothing to tell but what it says, to be completed: `{ ...PLAIN_EVENT, data, type }`. */
export const PLAIN_EVENT: EventFacts = {
  kind: 'event',
  type: 'message',
  data: '',
  id: null,
  size: 0,
  atMs: 0,
  gapMs: null,
  attempt: 1,
  bookmarked: false,
  note: '',
};

/** Whether the event passes. A regular expression in the query may take long: run it where that does no harm. */
export function matches(query: Query, facts: EventFacts): boolean {
  return decide(query, facts) === true;
}

/** The same with what is known: true, false, or null when it depends on something that is not. */
export function decide(query: Query, facts: KnownFacts): boolean | null {
  return decideWith(query, facts, createJsonOf(facts));
}

type JsonOf = () => unknown;
const NO_JSON = Symbol('no JSON');

function createJsonOf(facts: KnownFacts): JsonOf {
  let json: unknown;
  return () => {
    if (json !== undefined) return json;
    try {
      json = JSON.parse(facts.data ?? '') as unknown;
    } catch {
      json = NO_JSON;
    }
    return json;
  };
}

function decideWith(query: Query, facts: KnownFacts, jsonOf: JsonOf): boolean | null {
  switch (query.op) {
    case 'all':
    case 'any': {
      const decisive = query.op === 'any';
      let open = false;
      for (const part of query.parts) {
        const result = decideWith(part, facts, jsonOf);
        if (result === decisive) return decisive;
        open ||= result === null;
      }
      return open ? null : !decisive;
    }
    case 'not': {
      const result = decideWith(query.part, facts, jsonOf);
      return result === null ? null : !result;
    }
    default:
      return decideTerm(query, facts, jsonOf);
  }
}

function decideTerm(term: Term, facts: KnownFacts, jsonOf: JsonOf): boolean | null {
  switch (term.op) {
    case 'text':
      return decideText(term, facts);
    case 'number': {
      const value = facts[term.field === 'at' ? 'atMs' : term.field === 'gap' ? 'gapMs' : term.field];
      if (value === undefined) return null;
      return value !== null && ordered(value - term.value, term.comparison);
    }
    case 'kind':
      return facts.kind === undefined ? null : facts.kind === term.kind;
    case 'time':
      return facts.atMs === undefined ? null : facts.atMs >= term.fromMs && facts.atMs <= term.toMs;
    case 'json':
      if (facts.kind !== undefined && facts.kind !== 'event') return false;
      if (facts.data === undefined || facts.kind === undefined) return null;
      return matchJson(jsonOf(), term.path, term.test);
    case 'bookmarked':
      return facts.bookmarked ?? null;
    default:
      return assertNever(term, 'term');
  }
}

function decideText(
  { field, test }: Extract<Term, { readonly op: 'text' }>,
  facts: KnownFacts,
): boolean | null {
  // Every text contains "".
  if (field === 'data' && test.is === 'contains' && test.text === '') return true;
  if (field === 'type' && facts.kind !== 'event') return facts.kind === undefined ? null : false;
  const text = facts[field];
  if (text === undefined) return null;
  if (text === null || (field === 'note' && text === '')) return false;
  return matchText(text, test);
}
