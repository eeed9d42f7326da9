import { describe, expect, it } from 'vitest';
import { highlightRanges } from '../../../../src/shared/filter/highlight.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';

function marked(query: string, text: string): readonly string[] {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.message);
  return highlightRanges(parsed.query, text).map(([from, to]) => text.slice(from, to));
}

describe('what is marked in a text', () => {
  it.each<[string, string, readonly string[]]>([
    ['goal', 'Goal, goal!', ['Goal', 'goal']],
    ['-goal card', 'goal card', ['card']],
    ['ab or bc', 'abc', ['abc']],
    ['data~/o+/', 'foo o', ['oo', 'o']],
    ['data~/x*/', 'axx', ['xx']],
    ['data~/^./m', 'a\nb', ['a', 'b']],
    ['type:goal', 'event goal', ['goal']],
    ['json.team=Arsenal', '{"team":"Arsenal"}', ['Arsenal']],
    ['json.n>3', '{"n":4}', []],
    ['""', 'abc', []],
    ['size>1', 'abc', []],
  ])('%s in %j: %j', (query, text, expected) => {
    expect(marked(query, text)).toEqual(expected);
  });

  it('is bounded', () => {
    expect(marked('a b', 'ab '.repeat(5000))).toHaveLength(1000);
  });
});
