/**
 * Decides whether an entry passes a filter, in two steps: by its index record alone where that is enough, and else by what
 * the entry says. Pure; whoever calls it reads the log.
 */
import { assertNever } from '../base/assert.ts';
import { isJournalKind, kindNumberOf, type IndexRecord } from '../session/index-record.ts';
import { FRAME_FLAGS } from '../sse/types.ts';
import type { Comparison, Query } from './query.ts';

/** What an entry says; asked for only when its record does not decide. */
export interface EntryContent {
  /** What its row shows, whole: data, comment, or a sentence. */
  readonly text: string;
  /** Event type; "" for entries that are no events. */
  readonly type: string;
  /** The id that it sets, else null. */
  readonly id: string | null;
}

/** The name of an event type by its number; undefined for numbers that several types share. */
export type TypeName = (typeNumber: number) => string | undefined;

const EVENT = kindNumberOf('event');

/** What the record says: true, false, or null when the content has to be asked. */
export function matchRecord(query: Query, record: Readonly<IndexRecord>, typeName: TypeName): boolean | null {
  switch (query.op) {
    case 'all': {
      let open = false;
      for (const part of query.parts) {
        const result = matchRecord(part, record, typeName);
        if (result === false) return false;
        open ||= result === null;
      }
      return open ? null : true;
    }
    case 'not': {
      const result = matchRecord(query.part, record, typeName);
      return result === null ? null : !result;
    }
    case 'text':
      return query.text === '' ? true : null;
    case 'regex':
      return null;
    case 'type': {
      if (record.kindNumber !== EVENT) return false;
      const name = typeName(record.typeNumber);
      return name === undefined ? null : name === query.name;
    }
    case 'kind':
      return record.kindNumber === kindNumberOf(query.kind);
    case 'id':
      return record.flags & FRAME_FLAGS.hasId ? null : false;
    case 'attempt':
      return record.attempt === query.attempt;
    case 'time':
      return record.atMs >= query.fromMs && record.atMs <= query.toMs;
    case 'size':
      return compare(isJournalKind(record.kindNumber) ? 0 : record.length, query.comparison, query.bytes);
    default:
      return assertNever(query, 'query');
  }
}

/** Whether a regular expression has a say, which may take for ever. */
export function hasRegex(query: Query): boolean {
  if (query.op === 'all') return query.parts.some(hasRegex);
  return query.op === 'not' ? hasRegex(query.part) : query.op === 'regex';
}

/** The final word. */
export function matchEntry(query: Query, record: Readonly<IndexRecord>, content: EntryContent): boolean {
  switch (query.op) {
    case 'all':
      return query.parts.every((part) => matchEntry(part, record, content));
    case 'not':
      return !matchEntry(query.part, record, content);
    case 'text':
      return includesText(content.text, query.text);
    case 'regex':
      return query.regex.test(content.text);
    case 'id':
      return content.id === query.id;
    default:
      return matchRecord(query, record, () => content.type) === true;
  }
}

/**
 * A text that every matching entry contains, the longest one; null when there is none. Bytes without it need not be
 * interpreted.
 */
export function requiredText(query: Query): string | null {
  if (query.op === 'text') return query.text;
  if (query.op !== 'all') return null;
  const texts = query.parts.map(requiredText).filter((text) => text !== null);
  return texts.reduce<string | null>((best, text) => (text.length > (best?.length ?? 0) ? text : best), null);
}

function compare(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '=':
      return value === bound;
    case '>=':
      return value >= bound;
    case '>':
      return value > bound;
    default:
      return assertNever(comparison, 'comparison');
  }
}

/** Whether `text` has `needle` in it; ASCII letters count as the same in either case. */
export function includesText(text: string, needle: string): boolean {
  return text.includes(needle) || lowerAscii(text).includes(lowerAscii(needle));
}

/** As toLowerCase, for A to Z alone: nothing changes its length. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
