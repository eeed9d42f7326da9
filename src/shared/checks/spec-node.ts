/**
 * A part of a checks document with its place, and how fields are taken out of it. Every complaint says where it is meant and
 * what is allowed there. It knows YAML and nothing of checks.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { parseDelay } from '../connection/delay-text.ts';
import { parseQuery, type Query } from '../filter/query.ts';

/** From 1, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface SpecProblem extends Place {
  readonly message: string;
}

/** Something that cannot be read; caught by whoever reads the document. */
export class SpecFault extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

export interface SpecNode {
  readonly place: Place;
  readonly kind: 'text' | 'number' | 'flag' | 'list' | 'fields' | 'nothing';
  /** How it is spelled there, shortened; for complaints. */
  readonly shown: string;
  fault(message: string): SpecFault;
  text(what: string): string;
  wholeNumber(what: string): number;
  /** Milliseconds of "250 ms", "2s" or a bare number of seconds. */
  time(what: string): number;
  oneOf<T extends string>(what: string, allowed: readonly T[]): T;
  query(what: string): SpecQuery;
  list(what: string): readonly SpecNode[];
  /** By name; one that is not allowed is a fault at its place. */
  fields<N extends string>(what: string, allowed: readonly N[]): Partial<Record<N, SpecNode>>;
  /** Name and value of every field, with the place of the name. */
  entries(what: string): readonly { readonly name: string; readonly at: Place; readonly value: SpecNode }[];
  /** As plain JSON values. */
  value(): unknown;
}

/** A query with the text that it was read from. */
export interface SpecQuery {
  readonly text: string;
  readonly query: Query;
}

export interface SpecDocument {
  /** null: the text is no YAML, or empty. */
  readonly root: SpecNode | null;
  readonly problems: readonly SpecProblem[];
}

/** Documents that are longer are no checks. */
const MAX_CHARS = 1024 * 1024;

export function readSpecDocument(text: string): SpecDocument {
  if (text.length > MAX_CHARS)
    return {
      root: null,
      problems: [{ line: 1, column: 1, message: 'This is too long for checks: at most 1 MB.' }],
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = document.errors.map((error) => ({
    ...placeOf(error.pos[0]),
    message: plain(error.message),
  }));
  if (problems.length > 0 || document.contents === null) return { root: null, problems };
  return { root: specNode(document.contents, document, placeOf, { line: 1, column: 1 }), problems };
}

function plain(message: string): string {
  const text = message.replace(/ at line \d+, column \d+[^]*$/, '').trim();
  return text.endsWith('.') ? text : `${text}.`;
}

function specNode(
  given: unknown,
  document: Document,
  placeOf: (offset: number) => Place,
  around: Place,
): SpecNode {
  const node = isAlias(given) ? given.resolve(document) : given;
  const range = (given as Node | null)?.range;
  const place = range ? placeOf(range[0]) : around;
  const scalar = isScalar(node) ? node.value : undefined;
  const kind = kindOf(node, scalar);
  const fault = (message: string) => new SpecFault(message, place);
  const inner = (value: unknown, near: Place = place) => specNode(value, document, placeOf, near);
  const value = (): unknown => {
    try {
      return (node as Node | null | undefined)?.toJS(document) ?? null;
    } catch (error) {
      // An alias without its anchor, or aliases that would grow without end.
      throw fault(plain(error instanceof Error ? error.message : String(error)));
    }
  };
  const shown = (): string => {
    const text = typeof scalar === 'string' ? scalar : (JSON.stringify(value()) ?? 'nothing');
    return text.length > 40 ? `${text.slice(0, 39)}…` : text;
  };
  const text = (what: string): string => {
    // A number is a text as well: `id: 42` in a query, a phrase of digits.
    if (kind === 'text' || kind === 'number') return String(isScalar(node) ? (node.source ?? scalar) : '');
    throw fault(`${what} is a text, and not ${articleOf(kind)}.`);
  };
  const entries: SpecNode['entries'] = (what) => {
    if (!isMap(node))
      throw fault(`${what} has fields, such as "name: value", and is not ${articleOf(kind)}.`);
    return node.items.map((pair) => {
      const keyRange = (pair.key as Node | null)?.range;
      const at = keyRange ? placeOf(keyRange[0]) : place;
      return { name: isScalar(pair.key) ? String(pair.key.value) : '', at, value: inner(pair.value, at) };
    });
  };
  return {
    place,
    kind,
    get shown() {
      return shown();
    },
    fault,
    text,
    value,
    entries,
    wholeNumber(what) {
      if (typeof scalar === 'number' && Number.isSafeInteger(scalar) && scalar >= 0) return scalar;
      throw fault(`${what} is a whole number from 0 on, and not "${shown()}".`);
    },
    time(what) {
      const ms = kind === 'text' || kind === 'number' ? parseDelay(text(what)) : null;
      if (ms === null) throw fault(`${what} is a time such as 250ms, 2s or 1min, and not "${shown()}".`);
      return ms;
    },
    oneOf(what, allowed) {
      const found = allowed.find((one) => one === scalar);
      if (found === undefined) throw fault(`${what} is ${either(allowed)}, and not "${shown()}".`);
      return found;
    },
    query(what) {
      const typed = text(what);
      const read = parseQuery(typed);
      if (read.ok) return { text: typed, query: read.query };
      throw new SpecFault(`${what} is a query that cannot be read: ${sentence(read.message)}`, {
        ...place,
        column: place.column + (typed.includes('\n') ? 0 : read.from + (isPlain(node) ? 0 : 1)),
      });
    },
    list(what) {
      if (!isSeq(node)) throw fault(`${what} is a list, and not ${articleOf(kind)}.`);
      return node.items.map((item) => inner(item));
    },
    fields(what, allowed) {
      const found: Partial<Record<(typeof allowed)[number], SpecNode>> = {};
      for (const { name, at, value: part } of entries(what)) {
        const known = allowed.find((one) => one === name);
        if (known === undefined)
          throw new SpecFault(`${what} has no "${name}"; it has ${listedNames(allowed)}.`, at);
        found[known] = part;
      }
      return found;
    },
  };
}

function kindOf(node: unknown, scalar: unknown): SpecNode['kind'] {
  if (isMap(node)) return 'fields';
  if (isSeq(node)) return 'list';
  if (typeof scalar === 'number' || typeof scalar === 'bigint') return 'number';
  if (typeof scalar === 'boolean') return 'flag';
  return typeof scalar === 'string' ? 'text' : 'nothing';
}

function articleOf(kind: SpecNode['kind']): string {
  const words = {
    text: 'a text',
    number: 'a number',
    flag: 'true or false',
    list: 'a list',
    fields: 'a set of fields',
  };
  return kind === 'nothing' ? 'empty' : words[kind];
}

function isPlain(node: unknown): boolean {
  return isScalar(node) && node.type === 'PLAIN';
}

function either(allowed: readonly string[]): string {
  return allowed.length < 2
    ? (allowed[0] ?? '')
    : `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1) ?? ''}`;
}

function listedNames(allowed: readonly string[]): string {
  return allowed.length < 2
    ? (allowed[0] ?? 'nothing')
    : `${allowed.slice(0, -1).join(', ')} and ${allowed.at(-1) ?? ''}`;
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}
