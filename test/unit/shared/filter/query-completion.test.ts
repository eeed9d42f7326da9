import { describe, expect, it } from 'vitest';
import { completionsAt, type Vocabulary } from '../../../../src/shared/filter/query-completion.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';

const known: Vocabulary = {
  eventTypes: ['goal', 'half time', 'own-goal'],
  jsonPaths: ['json.score', 'json.score.home', 'json.team'],
};

/** The caret is where the bar is. Gives what the text would become by each. */
function offers(marked: string): readonly string[] {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, items } = completionsAt(text, caret, known);
  return items.map((item) => text.slice(0, from) + item.text + text.slice(to));
}

describe('what can come at the caret', () => {
  it.each<[string, readonly string[]]>([
    ['ty|', ['type:']],
    ['a s|', ['a size>']],
    ['-si|', ['-size>']],
    ['(si|', ['(size>']],
    ['not ki|', ['not kind:']],
    ['json.s|', ['json.score', 'json.score.home']],
    ['json.score|', ['json.score.home']],
    ['js|', ['json.', 'json.score', 'json.score.home', 'json.team']],
    ['type:|', ['type:goal', 'type:"half time"', 'type:own-goal']],
    ['type:go|', ['type:goal', 'type:own-goal']],
    ['type!=own|', ['type!=own-goal']],
    ['type:"ha|', ['type:"half time"']],
    ['type:"half time"|', []],
    ['kind:com|', ['kind:comment', 'kind:incomplete']],
    ['goal|', ['type:goal', 'type:own-goal']],
    ['a o|', ['a or']],
    ['o|', []],
    ['data~/a|', []],
    ['"ty|', []],
    ['bookmarked|', []],
    ['zzz|', []],
    ['ty| b', ['type: b']],
  ])('%s', (text, expected) => {
    expect(offers(text)).toEqual(expected);
  });

  it('is everything where nothing was typed, and words that join only behind something', () => {
    expect(offers('|')).toContain('json.');
    expect(offers('|')).not.toContain('or');
    expect(offers('a |')).toContain('a or');
  });

  it('is read as a query when it is complete', () => {
    for (const text of ['type:|', 'kind:|', 'goal|'])
      for (const whole of offers(text)) expect(parseQuery(whole)).toMatchObject({ ok: true });
  });
});
