import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, type Query } from '../../../../src/shared/filter/query.ts';

/** The tree without places, for comparisons. */
function bare(query: Query): unknown {
  const { span: _, ...rest } = query;
  if (rest.op === 'not') return { ...rest, part: bare(rest.part) };
  return rest.op === 'all' || rest.op === 'any' ? { ...rest, parts: rest.parts.map(bare) } : rest;
}

function read(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return parsed.query;
}

function partsOf(text: string): readonly unknown[] {
  const { parts } = bare(read(text)) as { readonly parts: readonly unknown[] };
  return parts;
}

/** Brackets for `all` and `any`, a minus for `not`, so that structure can be read. */
function shape(query: Query): string {
  if (query.op === 'not') return `-${shape(query.part)}`;
  if (query.op === 'all') return `[${query.parts.map(shape).join(' ')}]`;
  if (query.op === 'any') return `{${query.parts.map(shape).join(' ')}}`;
  return query.op === 'text' && query.test.is === 'contains' ? query.test.text : query.op;
}

const contains = (text: string, field = 'data') => ({ op: 'text', field, test: { is: 'contains', text } });
const equals = (field: string, text: string) => ({ op: 'text', field, test: { is: 'equals', text } });
const regex = (pattern: RegExp, field = 'data') => ({
  op: 'text',
  field,
  test: { is: 'regex', regex: pattern },
});
const number = (field: string, comparison: string, value: number) => ({
  op: 'number',
  field,
  comparison,
  value,
});
const not = (part: unknown) => ({ op: 'not', part });
const compare = (comparison: string, literal: string, value: number | null, quoted = false) => ({
  is: 'compare',
  comparison,
  literal,
  number: value,
  quoted,
});

describe('the text of a query', () => {
  it.each(['', '   ', '\t'])('matches everything when it is %j', (text) => {
    expect(partsOf(text)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['goal', contains('goal')],
    ['"two words"', contains('two words')],
    ['"a \\"quoted\\" word"', contains('a "quoted" word')],
    ['http://127.0.0.1/', contains('http://127.0.0.1/')],
    ['12:30', contains('12:30')],
    ['typed:x', contains('typed:x')],
    ['f(x)', contains('f(x)')],
    ['json.loads(x)', contains('json.loads(x)')],
    ['json', contains('json')],
    ['"or"', contains('or')],
    ['order', contains('order')],
    ['Or', contains('Or')],
    ['-', contains('-')],
    ['-goal', not(contains('goal'))],
    ['--goal', not(contains('-goal'))],
    ['-or', not(contains('or'))],
    ['not goal', not(contains('goal'))],
    ['NOT -goal', not(not(contains('goal')))],
    ['type:goal', equals('type', 'goal')],
    ['type=goal', equals('type', 'goal')],
    ['type!=goal', not(equals('type', 'goal'))],
    ['type~go', contains('go', 'type')],
    ['type:"half time"', equals('type', 'half time')],
    ['-type:ping', not(equals('type', 'ping'))],
    ['kind:comment', { op: 'kind', kind: 'comment' }],
    ['kind!=Attempt-Start', not({ op: 'kind', kind: 'attempt-start' })],
    ['id:42', equals('id', '42')],
    ['id:""', equals('id', '')],
    ['id~/^a/', regex(/^a/, 'id')],
    ['attempt:2', number('attempt', '=', 2)],
    ['attempt>=2', number('attempt', '>=', 2)],
    ['time:1.5-20', { op: 'time', fromMs: 1500, toMs: 20_000 }],
    ['time:-2', { op: 'time', fromMs: -Infinity, toMs: 2000 }],
    ['time:3-', { op: 'time', fromMs: 3000, toMs: Infinity }],
    ['data~word', contains('word')],
    ['data="[DONE]"', equals('data', '[DONE]')],
    ['data~/go+al/i', regex(/go+al/i)],
    ['data~/a\\/b [/"] (x)/', regex(/a\/b [/"] (x)/)],
    ['size>4kb', number('size', '>', 4096)],
    ['size<=1.5MB', number('size', '<=', 1.5 * 1024 * 1024)],
    ['size=0', number('size', '=', 0)],
    ['size!=1gb', number('size', '!=', 1024 ** 3)],
    ['gap>1s', number('gap', '>', 1000)],
    ['gap<250ms', number('gap', '<', 250)],
    ['gap>=2', number('gap', '>=', 2000)],
    ['at>00:01:30', number('at', '>', 90_000)],
    ['at<1:30.25', number('at', '<', 90_250)],
    ['at>=2m', number('at', '>=', 120_000)],
    ['note~wrong', contains('wrong', 'note')],
    ['bookmarked', { op: 'bookmarked' }],
    ['-bookmarked', not({ op: 'bookmarked' })],
    ['bookmarked:yes', contains('bookmarked:yes')],
    [
      'json.choices[0].delta.content',
      {
        op: 'json',
        path: [{ key: 'choices' }, { index: 0 }, { key: 'delta' }, { key: 'content' }],
        test: null,
      },
    ],
    [
      'json.score.home>=3',
      { op: 'json', path: [{ key: 'score' }, { key: 'home' }], test: compare('>=', '3', 3) },
    ],
    [
      'json[*]["a b"]="3"',
      { op: 'json', path: [{ each: true }, { key: 'a b' }], test: compare('=', '3', null, true) },
    ],
    ['json.a!=null', { op: 'json', path: [{ key: 'a' }], test: compare('!=', 'null', null) }],
    ['json.a~/x/i', { op: 'json', path: [{ key: 'a' }], test: { is: 'regex', regex: /x/i } }],
  ])('reads %s', (text, query) => {
    expect(partsOf(text)).toEqual([query]);
  });

  it.each([
    ['a b', '[a b]'],
    ['a and b', '[a b]'],
    ['a or b', '[{a b}]'],
    ['a b or c d', '[{[a b] [c d]}]'],
    ['a and (b or c)', '[a {b c}]'],
    ['(a or b)', '[{a b}]'],
    ['-(a b) c', '[-[a b] c]'],
    ['not a or b', '[{-a b}]'],
    ['a or b or c', '[{a b c}]'],
    ['((a))', '[a]'],
    ['(type:x or size>1kb)', '[{text number}]'],
    ['(f(x) g)', '[f(x) g]'],
    ['a OR b AND not c', '[{a [b -c]}]'],
    ['(a)(b)', '[a b]'],
    ['a"b c"', '[a b c]'],
  ])('puts %s together as %s', (text, expected) => {
    expect(shape(read(text))).toBe(expected);
  });

  it('knows where each term stands', () => {
    const text = 'goal (type:x or -"a b")';
    const places: string[] = [];
    const walk = (query: Query): void => {
      if (query.span) places.push(text.slice(query.span.from, query.span.to));
      if (query.op === 'not') walk(query.part);
      else if (query.op === 'all' || query.op === 'any') query.parts.forEach(walk);
    };
    walk(read(text));
    expect(places).toEqual([text, 'goal', '(type:x or -"a b")', 'type:x', '-"a b"', '"a b"']);
  });
});

describe('a query that cannot be read', () => {
  it.each([
    ['goal "open end', 'quote', '"open end'],
    ['type:', 'value', 'type:'],
    ['type>goal', 'type takes : = != ~', '>'],
    ['data:goal', 'data takes', ':'],
    ['a kind:nothing', 'no kind "nothing"', 'nothing'],
    ['size>big', 'size', 'big'],
    ['attempt:x', 'number', 'x'],
    ['gap>soon', 'gap wants a time', 'soon'],
    ['at>1:2:3:4', 'at wants', '1:2:3:4'],
    ['time:-', 'seconds', '-'],
    ['time:soon', 'seconds', 'soon'],
    ['data~/open', 'closing /', '/open'],
    ['data~/(/', 'Invalid regular expression', '/(/'],
    ['data~/a/g', 'Flags', 'g'],
    ['json.a.>3', 'path', '.'],
    ['json[x]', 'path', '[x]'],
    ['json.a[', 'path', '['],
    ['a or', 'follow "or"', 'or'],
    ['or a', 'left of "or"', 'or'],
    ['a and', 'both sides', 'and'],
    ['and a', 'both sides', 'and'],
    ['not', 'follow "not"', 'not'],
    ['(a', 'never closed', '('],
    ['a)', 'closes nothing', ')'],
    ['a ()', 'nothing between', '()'],
    [`${'('.repeat(300)}a`, 'too many brackets', '('],
  ])('says what is wrong with %s, and where', (text, words, place) => {
    const parsed = parseQuery(text);
    if (parsed.ok) throw new Error(`${text} could be read`);
    expect(parsed.message).toContain(words);
    expect(text.slice(parsed.from, parsed.to)).toBe(place);
  });

  it('is never a surprise: any text is read or refused with a place in it', () => {
    const pieces = [
      'type:',
      'json.a',
      '>=',
      '3',
      '"',
      '(',
      ')',
      ' ',
      '-',
      'or',
      'and',
      'not',
      'data~/',
      '/',
      'é',
      '\\',
      '[',
      ']',
      'gap>',
    ];
    const texts = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const parsed = parseQuery(text);
        if (parsed.ok) return;
        expect(parsed.message).not.toBe('');
        expect(parsed.from).toBeLessThanOrEqual(parsed.to);
        expect(parsed.to).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });
});
