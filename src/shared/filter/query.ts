/**
 * A query as a tree of conditions, and the way from its text to that tree. The language is written down in
 * docs/query-language.md; query-tokens.ts cuts the text up, query-parser.ts puts it together, and whether an event passes is
 * the business of matches.ts.
 */
import type { EntryKind } from '../session/entry.ts';
import type { JsonPath, JsonTest } from './json-query.ts';
import { parseTokens } from './query-parser.ts';
import { QueryFault } from './query-fault.ts';
import { tokenize } from './query-tokens.ts';

export type Comparison = '<' | '<=' | '=' | '!=' | '>=' | '>';

/** Characters of the query's text: from (inclusive) to (exclusive). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is asked of a text. `contains` takes ASCII letters in either case; `equals` does not. */
export type TextTest =
  | { readonly is: 'contains'; readonly text: string }
  | { readonly is: 'equals'; readonly text: string }
  | { readonly is: 'regex'; readonly regex: RegExp };

export type TextField = 'data' | 'type' | 'id' | 'note';
/** `size` in bytes, `gap` and `at` in milliseconds. */
export type NumberField = 'size' | 'gap' | 'attempt' | 'at';

/** A condition on one property; `span` is where it stands in the text. */
export type Term = { readonly span?: Span } & (
  | { readonly op: 'text'; readonly field: TextField; readonly test: TextTest }
  | {
      readonly op: 'number';
      readonly field: NumberField;
      readonly comparison: Comparison;
      readonly value: number;
    }
  | { readonly op: 'kind'; readonly kind: EntryKind }
  /** Both ends belong to it. */
  | { readonly op: 'time'; readonly fromMs: number; readonly toMs: number }
  /** Without a test: the path leads somewhere. */
  | { readonly op: 'json'; readonly path: JsonPath; readonly test: JsonTest | null }
  | { readonly op: 'bookmarked' }
);

export type Query =
  | Term
  /** Holds when all parts hold; with no parts always. */
  | { readonly op: 'all'; readonly parts: readonly Query[]; readonly span?: Span }
  /** Holds when one of the parts holds. */
  | { readonly op: 'any'; readonly parts: readonly Query[]; readonly span?: Span }
  | { readonly op: 'not'; readonly part: Query; readonly span?: Span };

export type ParsedQuery =
  | { readonly ok: true; readonly query: Query }
  | {
      readonly ok: false;
      /** What is wrong and what would be right. */
      readonly message: string;
      /** The characters of the text that are meant: from (inclusive) to (exclusive). */
      readonly from: number;
      readonly to: number;
    };

/** Reads the text of a query; "" matches everything. Never throws. */
export function parseQuery(text: string): ParsedQuery {
  try {
    return { ok: true, query: parseTokens(tokenize(text), text.length) };
  } catch (error) {
    if (!(error instanceof QueryFault)) throw error;
    return { ok: false, message: error.message, from: error.span.from, to: error.span.to };
  }
}

/** Whether one of the terms passes `test`. */
export function someTerm(query: Query, test: (term: Term) => boolean): boolean {
  if (query.op === 'not') return someTerm(query.part, test);
  if (query.op === 'all' || query.op === 'any') return query.parts.some((part) => someTerm(part, test));
  return test(query);
}

/** Whether a regular expression has a say, which may take for ever. */
export function hasRegex(query: Query): boolean {
  return someTerm(query, (term) => (term.op === 'text' || term.op === 'json') && term.test?.is === 'regex');
}
