/**
 * The text of the filter bar as a tree of conditions. Terms stand side by side and must all hold; `-` turns one round:
 *
 *   word "a phrase"   in what the row shows: data, comment, or the sentence about an entry; ASCII letters in either case
 *   type:goal         events of this type; other kinds never
 *   kind:comment      entries of this kind
 *   id:42             frames that set this id
 *   data~/regex/i     the text matches a regular expression; flags i, m, s, u
 *   size>4kb          also < >= <= =; units b, kb, mb of 1024
 *   attempt:2         entries of this attempt
 *   time:1.5-20       entries that came then, in seconds of session time, both ends included; either may be left out
 *
 * It reads text and decides nothing about entries: that is row-match.ts.
 */
import { JOURNAL_KINDS, type EntryKind } from '../session/entry.ts';
import { FRAME_KINDS } from '../sse/types.ts';

export type Comparison = '<' | '<=' | '=' | '>=' | '>';

export type Query =
  /** Holds when all parts hold; with no parts always. */
  | { readonly op: 'all'; readonly parts: readonly Query[] }
  | { readonly op: 'not'; readonly part: Query }
  | { readonly op: 'text'; readonly text: string }
  | { readonly op: 'regex'; readonly regex: RegExp }
  | { readonly op: 'type'; readonly name: string }
  | { readonly op: 'kind'; readonly kind: EntryKind }
  | { readonly op: 'id'; readonly id: string }
  | { readonly op: 'attempt'; readonly attempt: number }
  /** Both ends belong to it. */
  | { readonly op: 'time'; readonly fromMs: number; readonly toMs: number }
  | { readonly op: 'size'; readonly comparison: Comparison; readonly bytes: number };

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

/** Something that cannot be read; caught by `parseQuery`. */
class QueryFault extends Error {
  constructor(
    message: string,
    readonly from: number,
    readonly to: number,
  ) {
    super(message);
  }
}

/** Names that ask about a property; any other word with a colon in it is a word. */
const PROPERTY = /(type:|kind:|id:|attempt:|time:|data~|size(?:<=|>=|<|>|=))/y;
const SPACE = /\s*/y;
const WORD = /[^\s"]+/y;
const PHRASE = /"((?:[^"\\]|\\.)*)"/y;
const REGEX = /\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([a-z]*)(?=\s|$)/y;
const SIZE = /^(\d+(?:\.\d+)?)(b|kb|mb)?$/i;
const TIME = /^(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?$/;
const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 * 1024 };

/** Reads the text of a filter; "" matches everything. Never throws. */
export function parseQuery(text: string): ParsedQuery {
  try {
    return { ok: true, query: { op: 'all', parts: readTerms(text) } };
  } catch (error) {
    if (!(error instanceof QueryFault)) throw error;
    return { ok: false, message: error.message, from: error.from, to: error.to };
  }
}

function readTerms(text: string): Query[] {
  const terms: Query[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const negated = text[at] === '-' && at + 1 < text.length && !/\s/.test(text[at + 1] as string);
    const { query, end } = readTerm(text, negated ? at + 1 : at);
    terms.push(negated ? { op: 'not', part: query } : query);
    at = end;
  }
  return terms;
}

interface Read<T> {
  readonly end: number;
  readonly value: T;
}

function readTerm(text: string, at: number): { readonly query: Query; readonly end: number } {
  const property = matchAt(PROPERTY, text, at)?.[0];
  if (property === 'data~') return readData(text, at, at + property.length);
  const { value, end } = readValue(text, at + (property?.length ?? 0), at);
  if (property === undefined) return { query: { op: 'text', text: value }, end };
  return { query: propertyQuery(property, value, at, end), end };
}

function propertyQuery(property: string, value: string, from: number, to: number): Query {
  switch (property) {
    case 'type:':
      return { op: 'type', name: value };
    case 'id:':
      return { op: 'id', id: value };
    case 'kind:':
      return { op: 'kind', kind: kindNamed(value, from, to) };
    case 'attempt:':
      if (!/^\d+$/.test(value)) throw new QueryFault('attempt: wants a number, such as attempt:2', from, to);
      return { op: 'attempt', attempt: Number(value) };
    case 'time:': {
      const match = TIME.exec(value);
      if (!match || value === '-')
        throw new QueryFault('time: wants seconds from and to, such as time:1.5-20', from, to);
      const [, first, last] = match;
      return {
        op: 'time',
        fromMs: first === undefined ? -Infinity : Number(first) * 1000,
        toMs: last === undefined ? Infinity : Number(last) * 1000,
      };
    }
    default: {
      const [, digits, unit = 'b'] = SIZE.exec(value) ?? [];
      if (digits === undefined)
        throw new QueryFault(`${property} wants a size, such as ${property}4kb`, from, to);
      const bytes = Number(digits) * (UNITS[unit.toLowerCase()] as number);
      return { op: 'size', comparison: property.slice('size'.length) as Comparison, bytes };
    }
  }
}

function kindNamed(name: string, from: number, to: number): EntryKind {
  const kinds: readonly EntryKind[] = [...FRAME_KINDS, ...JOURNAL_KINDS];
  const kind = kinds.find((candidate) => candidate === name.toLowerCase());
  if (!kind) throw new QueryFault(`There is no kind "${name}"; there are ${kinds.join(', ')}`, from, to);
  return kind;
}

/** `data~/regex/flags`, or `data~word`. */
function readData(text: string, from: number, at: number): { readonly query: Query; readonly end: number } {
  if (text[at] !== '/') {
    const { value, end } = readValue(text, at, from);
    return { query: { op: 'text', text: value }, end };
  }
  const match = matchAt(REGEX, text, at);
  if (!match) throw new QueryFault('The regular expression has no closing /', from, text.length);
  const [all, pattern = '', flags = ''] = match;
  const end = at + all.length;
  if (!/^[imsu]*$/.test(flags))
    throw new QueryFault('Flags of a regular expression are i, m, s and u', from, end);
  try {
    return { query: { op: 'regex', regex: new RegExp(pattern, flags) }, end };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new QueryFault(reason, from, end);
  }
}

/** A word or a phrase. */
function readValue(text: string, at: number, from: number): Read<string> {
  if (text[at] === '"') {
    const phrase = matchAt(PHRASE, text, at);
    if (!phrase) throw new QueryFault('The closing quote is missing', from, text.length);
    return { value: (phrase[1] as string).replace(/\\(.)/g, '$1'), end: at + phrase[0].length };
  }
  const word = matchAt(WORD, text, at)?.[0];
  if (word === undefined) {
    throw new QueryFault(
      `A value is missing after ${text.slice(from, at) || '-'}`,
      from,
      Math.max(at, from + 1),
    );
  }
  return { value: word, end: at + word.length };
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at)?.[0].length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
