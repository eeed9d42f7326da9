/** Checks the arguments of the commands that find and search. */
import { bad, fields, identifier, integer, text } from './argument-fields.ts';
import { MAX_QUERY_CHARS } from './parse-arguments.ts';

/** More entries than a screen shows. */
const MAX_STRETCH = 10_000;
const MAX_TEXTS = 2000;
const MAX_TEXT_CHARS = 1_000_000;

export function libraryQuery(value: unknown): { readonly query: string } {
  return { query: text(fields(value), 'query', MAX_QUERY_CHARS) };
}

export function viewStretch(value: unknown): {
  readonly viewId: string;
  readonly from: number;
  readonly to: number;
} {
  const given = fields(value);
  const from = integer(given, 'from');
  const to = integer(given, 'to');
  if (to < from || to - from > MAX_STRETCH) bad(`"to" must be at most ${MAX_STRETCH} behind "from"`);
  return { viewId: identifier(given, 'viewId'), from, to };
}

export function textRanges(value: unknown): { readonly query: string; readonly texts: readonly string[] } {
  const given = fields(value);
  const texts = given['texts'];
  if (!Array.isArray(texts) || texts.length > MAX_TEXTS) bad(`"texts" must be at most ${MAX_TEXTS} texts`);
  const list = texts as readonly unknown[];
  if (!list.every((one): one is string => typeof one === 'string' && one.length <= MAX_TEXT_CHARS))
    bad('"texts" must be texts, and not too long ones');
  return { query: text(given, 'query', MAX_QUERY_CHARS), texts: list };
}
