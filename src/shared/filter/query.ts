/**
 * The text of the filter bar as a query: terms that must all hold. A word or "a phrase" is looked for in what a row shows (data of
 * events, text of comments), ASCII letters in either case. `name:value` asks about one property, `-` in front turns a term round.
 * It reads text and decides nothing about entries (see row-match.ts).
 */

export type QueryTerm = { readonly negated: boolean } & (
  | { readonly name: 'text'; readonly text: string }
  | { readonly name: 'type' | 'kind' | 'id'; readonly text: string }
  | { readonly name: 'attempt'; readonly number: number }
  | { readonly name: 'size'; readonly compare: '>' | '<'; readonly bytes: number }
);

export type ParsedQuery =
  | { readonly ok: true; readonly terms: readonly QueryTerm[] }
  | {
      readonly ok: false;
      /** What is wrong and what would be right. */
      readonly message: string;
      /** Characters of the text that are meant. */
      readonly from: number;
      readonly to: number;
    };

const TOKEN = /(-?)(?:([A-Za-z]+)([:~<>]))?(?:"((?:[^"\\]|\\.)*)("?)|(\S*))/y;
const SIZES: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 * 1024 };

/** Reads the text of a filter. "" has no terms and matches everything. Never throws. */
export function parseQuery(text: string): ParsedQuery {
  const terms: QueryTerm[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    if (at >= text.length) return { ok: true, terms };
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const end = at + (match?.[0].length ?? 0);
    if (!match || end === at) return fail('This cannot be read as a filter.', at, text.length);
    const [, minus = '', name, operator = '', quoted, closing, bare = ''] = match;
    if (quoted !== undefined && closing === '') return fail('The closing quote is missing.', at, text.length);
    const value = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
    const term = termOf(minus === '-', name?.toLowerCase(), operator, value, match[0].slice(minus.length));
    if (typeof term === 'string') return fail(term, at, end);
    terms.push(term);
    at = end;
  }

  function fail(message: string, from: number, to: number): ParsedQuery {
    return { ok: false, message, from, to };
  }
}

/** The term, or what is wrong with it. */
function termOf(
  negated: boolean,
  name: string | undefined,
  operator: string,
  value: string,
  written: string,
): QueryTerm | string {
  if (name === undefined) {
    return value === '' ? 'A word is missing here.' : { negated, name: 'text', text: value };
  }
  const what = `${name}${operator}`;
  if (value === '' && ['type:', 'kind:', 'id:', 'data~', 'attempt:', 'size>', 'size<'].includes(what)) {
    return `A value is missing behind ${what}`;
  }
  switch (what) {
    case 'type:':
    case 'kind:':
    case 'id:':
      return { negated, name: name as 'type' | 'kind' | 'id', text: value };
    case 'data~':
      return value.startsWith('/')
        ? 'Regular expressions are not understood here; write data~"some text".'
        : { negated, name: 'text', text: value };
    case 'attempt:':
      return /^\d+$/.test(value)
        ? { negated, name: 'attempt', number: Number(value) }
        : 'attempt: wants a whole number, such as attempt:2';
    case 'size>':
    case 'size<': {
      const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)(b|kb|mb)?$/i.exec(value) ?? [];
      const factor = SIZES[unit.toLowerCase()];
      if (digits === undefined || factor === undefined) return `${what} wants a size, such as ${what}4kb`;
      return { negated, name: 'size', compare: operator as '>' | '<', bytes: Number(digits) * factor };
    }
    default:
      // An address or a time has a colon too: it is a word like any other.
      return { negated, name: 'text', text: written };
  }
}
