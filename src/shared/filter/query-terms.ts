/** One term of a query: what its key, operator and value mean together. Throws `QueryFault`, pointing at the part that is wrong. */
import { JOURNAL_KINDS, type EntryKind } from '../session/entry.ts';
import { FRAME_KINDS } from '../sse/types.ts';
import { numberOf, readJsonPath, type JsonTest } from './json-query.ts';
import type { Comparison, NumberField, Query, Span, TextField, TextTest } from './query.ts';
import { QueryFault } from './query-fault.ts';
import { keyFacts } from './query-keys.ts';
import type { QueryToken, QueryValue, TermToken } from './query-tokens.ts';
import { readDuration, readMoment, readSize, readTimeRange } from './query-units.ts';

export const ENTRY_KINDS: readonly EntryKind[] = [...FRAME_KINDS, ...JOURNAL_KINDS];

export function termOf(token: Extract<QueryToken, { readonly kind: 'word' | 'term' }>): Query {
  const span = { from: token.from, to: token.to };
  if (token.kind === 'word') {
    return { op: 'text', field: 'data', test: { is: 'contains', text: plainText(token.value) }, span };
  }
  if (token.key === 'bookmarked') return { op: 'bookmarked', span };
  if (token.key === 'json') return jsonTerm(token, span);
  const value = valueOf(token);
  switch (token.key) {
    case 'type':
    case 'id':
    case 'data':
    case 'note':
      return textTerm(token.key, token, value, span);
    case 'kind':
      return turned(token, { op: 'kind', kind: kindNamed(value), span });
    case 'time': {
      const range = readTimeRange(value.text);
      if (!range) throw new QueryFault('time: wants seconds from and to, such as time:1.5-20', value);
      return { op: 'time', ...range, span };
    }
    default:
      return numberTerm(token.key, token, value, span);
  }
}

function valueOf(token: TermToken): QueryValue {
  const { operators, example } = keyFacts(token.key);
  const { operator } = token;
  if (operator === null || !operators.includes(operator)) {
    const wanted = operators.join(' ');
    throw new QueryFault(
      `${token.key} takes ${wanted}, such as ${example}. Put it in quotes to search for the text.`,
      { from: token.keyTo, to: token.keyTo + (operator?.length ?? 0) },
    );
  }
  if (token.value === null)
    throw new QueryFault(`A value is missing after ${token.key}${token.path}${operator}`, {
      from: token.from,
      to: token.to,
    });
  return checkedValue(token.value);
}

function checkedValue(value: QueryValue): QueryValue {
  if (value.closed) return value;
  throw new QueryFault(
    value.form === 'regex' ? 'The regular expression has no closing /' : 'The closing quote is missing',
    value,
  );
}

function plainText(value: QueryValue): string {
  return checkedValue(value).text;
}

function textTerm(field: TextField, token: TermToken, value: QueryValue, span: Span): Query {
  if (token.operator === '~') return { op: 'text', field, test: containsTest(value), span };
  return turned(token, { op: 'text', field, test: { is: 'equals', text: value.text }, span });
}

/** `!=` is the other way round than `=`. */
function turned(token: TermToken, query: Query): Query {
  return token.operator === '!='
    ? { op: 'not', part: query, span: { from: token.from, to: token.to } }
    : query;
}

function containsTest(value: QueryValue): Extract<TextTest, { readonly is: 'contains' | 'regex' }> {
  if (value.form !== 'regex') return { is: 'contains', text: value.text };
  if (!/^[imsu]*$/.test(value.flags))
    throw new QueryFault('Flags of a regular expression are i, m, s and u', {
      from: value.to - value.flags.length,
      to: value.to,
    });
  try {
    // An empty pattern between slashes would be a comment elsewhere; here it matches every text.
    return { is: 'regex', regex: new RegExp(value.text, value.flags) };
  } catch (error) {
    throw new QueryFault(error instanceof Error ? error.message : String(error), value);
  }
}

function jsonTerm(token: TermToken, span: Span): Query {
  const read = readJsonPath(token.path);
  if (!read.ok) {
    const from = token.from + token.key.length + read.at;
    throw new QueryFault(
      'The path is not finished. It goes on with .name, ["a name"], [0] or [*], such as json.choices[0].delta.content',
      { from, to: token.keyTo },
    );
  }
  const { path } = read;
  if (token.operator === null) return { op: 'json', path, test: null, span };
  const value = valueOf(token);
  if (token.operator === '~') return { op: 'json', path, test: containsTest(value), span };
  const quoted = value.form === 'quoted';
  const test: JsonTest = {
    is: 'compare',
    comparison: token.operator as Comparison,
    literal: value.text,
    number: quoted ? null : numberOf(value.text),
    quoted,
  };
  return { op: 'json', path, test, span };
}

function numberTerm(field: NumberField, token: TermToken, value: QueryValue, span: Span): Query {
  const comparison = token.operator === ':' ? '=' : (token.operator as Comparison);
  const number = NUMBERS[field].read(value.text);
  if (number === null) throw new QueryFault(NUMBERS[field].wants, value);
  return { op: 'number', field, comparison, value: number, span };
}

const NUMBERS: Readonly<
  Record<NumberField, { readonly read: (text: string) => number | null; readonly wants: string }>
> = {
  attempt: {
    read: (text) => (/^\d+$/.test(text) ? Number(text) : null),
    wants: 'attempt wants a number, such as attempt:2',
  },
  size: {
    read: readSize,
    wants: 'size wants a number of bytes, such as size>4kb; units are b, kb, mb and gb',
  },
  gap: { read: readDuration, wants: 'gap wants a time, such as gap>1s; units are ms, s, m and h' },
  at: {
    read: readMoment,
    wants: 'at wants a time since the session began, such as at>00:01:30, at>90s or at<1.5',
  },
};

function kindNamed(value: QueryValue): EntryKind {
  const name = value.text.toLowerCase();
  const kind = ENTRY_KINDS.find((candidate) => candidate === name);
  if (!kind)
    throw new QueryFault(`There is no kind "${value.text}"; there are ${ENTRY_KINDS.join(', ')}`, value);
  return kind;
}
