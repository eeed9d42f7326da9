import { describe, expect, it } from 'vitest';
import { parseQuery, type Query } from '../../../../src/shared/filter/query.ts';

function partsOf(text: string): readonly Query[] {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.message);
  if (parsed.query.op !== 'all') throw new Error('terms are joined by and');
  return parsed.query.parts;
}

describe('the text of a filter', () => {
  it.each(['', '   ', '\t'])('matches everything when it is %j', (text) => {
    expect(partsOf(text)).toEqual([]);
  });

  it.each<[string, Query]>([
    ['goal', { op: 'text', text: 'goal' }],
    ['"two words"', { op: 'text', text: 'two words' }],
    ['"a \\"quoted\\" word"', { op: 'text', text: 'a "quoted" word' }],
    ['http://127.0.0.1/', { op: 'text', text: 'http://127.0.0.1/' }],
    ['-', { op: 'text', text: '-' }],
    ['-goal', { op: 'not', part: { op: 'text', text: 'goal' } }],
    ['--goal', { op: 'not', part: { op: 'text', text: '-goal' } }],
    ['type:goal', { op: 'type', name: 'goal' }],
    ['type:"half time"', { op: 'type', name: 'half time' }],
    ['-type:ping', { op: 'not', part: { op: 'type', name: 'ping' } }],
    ['kind:comment', { op: 'kind', kind: 'comment' }],
    ['kind:Attempt-Start', { op: 'kind', kind: 'attempt-start' }],
    ['id:42', { op: 'id', id: '42' }],
    ['id:""', { op: 'id', id: '' }],
    ['attempt:2', { op: 'attempt', attempt: 2 }],
    ['time:1.5-20', { op: 'time', fromMs: 1500, toMs: 20_000 }],
    ['time:-2', { op: 'time', fromMs: -Infinity, toMs: 2000 }],
    ['time:3-', { op: 'time', fromMs: 3000, toMs: Infinity }],
    ['data~word', { op: 'text', text: 'word' }],
    ['data~/go+al/i', { op: 'regex', regex: /go+al/i }],
    ['data~/a\\/b [/]x/', { op: 'regex', regex: /a\/b [/]x/ }],
    ['size>4kb', { op: 'size', comparison: '>', bytes: 4096 }],
    ['size<=1.5MB', { op: 'size', comparison: '<=', bytes: 1.5 * 1024 * 1024 }],
    ['size=0', { op: 'size', comparison: '=', bytes: 0 }],
  ])('reads %s', (text, query) => {
    expect(partsOf(text)).toEqual([query]);
  });

  it('joins its terms by and', () => {
    expect(partsOf(' type:goal  -"own goal" ').map((part) => part.op)).toEqual(['type', 'not']);
  });

  it.each([
    ['goal "open end', 'quote', 5, 14],
    ['type:', 'value', 0, 5],
    ['a kind:nothing', 'no kind "nothing"', 2, 14],
    ['size>big', 'size', 0, 8],
    ['attempt:x', 'number', 0, 9],
    ['time:-', 'seconds', 0, 6],
    ['time:soon', 'seconds', 0, 9],
    ['data~/open', 'closing /', 0, 10],
    ['data~/(/', 'Invalid regular expression', 0, 8],
    ['data~/a/g', 'Flags', 0, 9],
  ])('says what is wrong with %s, and where', (text, words, from, to) => {
    const parsed = parseQuery(text);
    expect(parsed).toMatchObject({ ok: false, from, to });
    expect(parsed.ok ? '' : parsed.message).toContain(words);
  });
});
