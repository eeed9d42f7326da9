/**
 * The text of a query, cut into tokens. Nothing is refused here: what is not finished (an open quote, a key without a value)
 * is a token that says so, because completion has to read what is still being typed.
 */
import { QUERY_KEYS, type QueryKey } from './query-keys.ts';
import type { Span } from './query.ts';

export type Operator = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '~';

export interface QueryValue extends Span {
  readonly form: 'bare' | 'quoted' | 'regex';
  /** Without quotes or slashes, escapes of quotes undone. */
  readonly text: string;
  /** Of a regular expression. */
  readonly flags: string;
  /** Whether the closing quote or slash is there. */
  readonly closed: boolean;
}

export type QueryToken = Span &
  (
    | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'minus' }
    /** A word or a phrase. */
    | { readonly kind: 'word'; readonly value: QueryValue }
    | {
        readonly kind: 'term';
        readonly key: QueryKey;
        /** Of `json`: the path after it, as written. */
        readonly path: string;
        /** Behind key and path. */
        readonly keyTo: number;
        readonly operator: Operator | null;
        /** null: nothing stands behind the operator. */
        readonly value: QueryValue | null;
      }
  );

export type TermToken = Extract<QueryToken, { readonly kind: 'term' }>;

const SPACE = /\s*/y;
const KEYWORD = /(?:and|or|not|AND|OR|NOT)(?=[\s()]|$)/y;
const OPERATOR = /<=|>=|!=|[:=<>~]/y;
/** Names that may have brackets behind them; a path that is not finished is one too. */
const JSON_PATH = /(?:\.[\p{L}\p{N}_$-]*|\[(?:"(?:[^"\\]|\\.)*"?|[^\]\s"]*)\]?)+/uy;
const KEY = new RegExp(`(?:${Object.keys(QUERY_KEYS).join('|')})(?=$|[^\\p{L}\\p{N}_])`, 'uy');
const QUOTED = /"((?:[^"\\]|\\.)*)("?)/sy;
const REGEX = /\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])*)(?:\/([a-z]*))?/sy;

export function tokenize(text: string): readonly QueryToken[] {
  const tokens: QueryToken[] = [];
  let depth = 0;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const token = readToken(text, at, tokens.at(-1), depth);
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function readToken(text: string, at: number, before: QueryToken | undefined, depth: number): QueryToken {
  const single = { from: at, to: at + 1 };
  if (text[at] === '(') return { kind: 'open', ...single };
  if (text[at] === ')') return { kind: 'close', ...single };
  // A minus behind a minus belongs to the word, and so does a keyword.
  const turned = before?.kind === 'minus' && before.to === at;
  if (!turned) {
    if (text[at] === '-' && /\S/.test(text[at + 1] ?? ' ') && !(text[at + 1] === ')' && depth > 0))
      return { kind: 'minus', ...single };
    const keyword = matchAt(KEYWORD, text, at)?.[0];
    if (keyword)
      return { kind: keyword.toLowerCase() as 'and' | 'or' | 'not', from: at, to: at + keyword.length };
  }
  return readTerm(text, at) ?? readWord(text, at);
}

function readTerm(text: string, at: number): QueryToken | null {
  const key = matchAt(KEY, text, at)?.[0] as QueryKey | undefined;
  if (key === undefined) return null;
  let keyTo = at + key.length;
  const path = key === 'json' ? (matchAt(JSON_PATH, text, keyTo)?.[0] ?? '') : '';
  if (key === 'json' && path === '') return null;
  keyTo += path.length;
  const operator = (matchAt(OPERATOR, text, keyTo)?.[0] ?? null) as Operator | null;
  const stands = QUERY_KEYS[key].alone;
  if (operator === null || (stands && key !== 'json')) {
    if (!stands || !endsAt(text, keyTo)) return null;
    return { kind: 'term', key, path, keyTo, operator: null, value: null, from: at, to: keyTo };
  }
  const valueFrom = keyTo + operator.length;
  const value = endsAt(text, valueFrom) ? null : readValue(text, valueFrom, operator === '~');
  return { kind: 'term', key, path, keyTo, operator, value, from: at, to: value?.to ?? valueFrom };
}

function readWord(text: string, at: number): QueryToken {
  const value = readValue(text, at, false);
  return { kind: 'word', value, from: at, to: value.to };
}

/** There is at least one character at `at`. */
function readValue(text: string, at: number, regexToo: boolean): QueryValue {
  const quoted = text[at] === '"' ? matchAt(QUOTED, text, at) : null;
  if (quoted) {
    const [all, inside = '', end] = quoted;
    const closed = end === '"';
    const plain = inside.replace(/\\(.)/gs, '$1');
    return { form: 'quoted', text: plain, flags: '', closed, from: at, to: at + all.length };
  }
  const regex = regexToo && text[at] === '/' ? matchAt(REGEX, text, at) : null;
  if (regex) {
    const [all, pattern = '', flags] = regex;
    const closed = flags !== undefined;
    return { form: 'regex', text: pattern, flags: flags ?? '', closed, from: at, to: at + all.length };
  }
  const to = Math.max(wordEnd(text, at), at + 1);
  return { form: 'bare', text: text.slice(at, to), flags: '', closed: true, from: at, to };
}

/** Brackets that open within a word and close again belong to it: f(x). */
function wordEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text[at] as string;
    if (/[\s"]/.test(char)) break;
    if (char === ')' && depth === 0) break;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
  }
  return at;
}

function endsAt(text: string, at: number): boolean {
  return at >= text.length || /[\s)]/.test(text[at] as string);
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
