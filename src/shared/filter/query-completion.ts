/** What can come at a place of a query: keys, operators, and values that this session has. Pure; views show it. */
import { QUERY_KEYS, keyFacts, type QueryKey } from './query-keys.ts';
import { ENTRY_KINDS } from './query-terms.ts';
import { tokenize, type QueryToken, type TermToken } from './query-tokens.ts';

/** What the session is known to have. */
export interface Vocabulary {
  readonly eventTypes: readonly string[];
  /** As queries write them: `json.choices[0].delta`. */
  readonly jsonPaths: readonly string[];
}

export interface Completion {
  /** What stands in the place of what was typed. */
  readonly text: string;
  /** A few words about it; "" when it says itself. */
  readonly note: string;
  /** Whether the caret stays at it, because more of the same term follows. */
  readonly goesOn: boolean;
}

export interface Completions {
  /** The characters that are replaced: from (inclusive) to (exclusive). */
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

const MAX_ITEMS = 40;
const KEYS = Object.keys(QUERY_KEYS) as readonly QueryKey[];

/** The best first; no items when nothing is known to fit. `caret` is a place in the text. */
export function completionsAt(text: string, caret: number, known: Vocabulary): Completions {
  const tokens = tokenize(text.slice(0, caret));
  const last = tokens.at(-1);
  const typed = last?.to === caret ? last : undefined;
  const before = typed ? tokens.at(-2) : last;
  if (typed?.kind === 'term' && typed.operator !== null) return valuesFor(typed, caret, known);
  if (typed?.kind === 'term') return terms(typed, text.slice(typed.from, caret), before, caret, known);
  if (typed?.kind === 'word' && typed.value.form === 'bare')
    return terms(typed, typed.value.text, before, caret, known);
  if (typed && ['and', 'or', 'not'].includes(typed.kind))
    return terms(typed, text.slice(typed.from, caret), before, caret, known);
  if (typed && typed.kind !== 'open' && typed.kind !== 'minus') return { from: caret, to: caret, items: [] };
  return terms({ from: caret }, '', last, caret, known);
}

function terms(
  { from }: Pick<QueryToken, 'from'>,
  typed: string,
  before: QueryToken | undefined,
  caret: number,
  known: Vocabulary,
): Completions {
  const keys = KEYS.filter((key) => begins(key, typed)).map((key): Completion => {
    const { means, example } = keyFacts(key);
    return { text: startOf(key), note: `${means}: ${example}`, goesOn: key !== 'bookmarked' };
  });
  const paths = typed === '' ? [] : known.jsonPaths.filter((path) => begins(path, typed) && path !== typed);
  const types =
    typed.length < 2
      ? []
      : known.eventTypes.filter((type) => contains(type, typed)).map((type) => `type:${quoted(type)}`);
  const joins =
    before && !['open', 'minus', 'and', 'or', 'not'].includes(before.kind) ? ['and', 'or', 'not'] : ['not'];
  const items: Completion[] = [
    ...keys,
    ...paths.map((text) => ({ text, note: '', goesOn: true })),
    ...types.map((text) => ({ text, note: 'event type', goesOn: false })),
    ...joins
      .filter((word) => begins(word, typed))
      .map((text) => ({ text, note: NOTES[text] ?? '', goesOn: false })),
  ];
  return { from, to: caret, items: items.filter(({ text }) => text !== typed).slice(0, MAX_ITEMS) };
}

const NOTES: Readonly<Record<string, string>> = {
  and: 'both have to hold; may be left out',
  or: 'one of them has to hold',
  not: 'turns what follows round',
};

/** A key as it is written first: with the operator that is meant most often. */
function startOf(key: QueryKey): string {
  if (key === 'json') return 'json.';
  const [, operator = ''] = /^\w+([:~<>=]?)/.exec(keyFacts(key).example) ?? [];
  return `${key}${operator}`;
}

function valuesFor(token: TermToken, caret: number, known: Vocabulary): Completions {
  const from = token.keyTo + (token.operator?.length ?? 0);
  const { value } = token;
  const nothing = { from: caret, to: caret, items: [] };
  if (value && (value.form === 'regex' || (value.form === 'quoted' && value.closed))) return nothing;
  const typed = value?.text ?? '';
  const values = token.key === 'type' ? known.eventTypes : token.key === 'kind' ? ENTRY_KINDS : [];
  const items = values
    .filter((one) => contains(one, typed) && one !== typed)
    .sort((one, other) => Number(begins(other, typed)) - Number(begins(one, typed)))
    .slice(0, MAX_ITEMS)
    .map((one): Completion => ({ text: quoted(one), note: '', goesOn: false }));
  return items.length === 0 ? nothing : { from, to: caret, items };
}

/** In quotes where it has to be. */
function quoted(value: string): string {
  return value !== '' && /^[^\s"()\\]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function begins(text: string, start: string): boolean {
  return text.toLowerCase().startsWith(start.toLowerCase());
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
