import { describe, expect, it } from 'vitest';
import {
  decide,
  matches,
  PLAIN_EVENT,
  type EventFacts,
  type KnownFacts,
} from '../../../../src/shared/filter/matches.ts';
import { hasRegex, parseQuery, type Query } from '../../../../src/shared/filter/query.ts';
import { requiredTexts } from '../../../../src/shared/filter/required-text.ts';
import { containsText } from '../../../../src/shared/filter/text-test.ts';

function query(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.query;
}

const goal: EventFacts = {
  ...PLAIN_EVENT,
  type: 'goal',
  data: 'Arsenal score\nGOAL',
  id: '7',
  size: 100,
  atMs: 2000,
  gapMs: 500,
  attempt: 2,
  note: 'Look at this',
};

describe('one event against a query', () => {
  it.each<[string, boolean, Partial<EventFacts>?]>([
    ['', true],
    ['goal', true],
    ['arsenal', true],
    ['"score\nGOAL"', true],
    ['-goal', false],
    ['-chelsea', true],
    ['chelsea or arsenal', true],
    ['chelsea or (arsenal -goal)', false],
    ['data~/^GOAL$/m', true],
    ['data~/^goal$/', false],
    ['data="Arsenal score"', false],
    ['data="arsenal score\ngoal"', false],
    ['id:7', true],
    ['id:77', false],
    ['id!=77', true, { id: null }],
    ['id~""', false, { id: null }],
    ['type:goal id:7 score', true],
    ['type:Goal', false],
    ['type~OA', true],
    ['type:goal', false, { kind: 'comment' }],
    ['type!=goal', true, { kind: 'comment', type: '' }],
    ['kind:event', true],
    ['kind:comment', false],
    ['size>=100 size<101 size=100', true],
    ['size!=100', false],
    ['gap>400ms', true],
    ['gap>400ms', false, { gapMs: null }],
    ['not gap>400ms', true, { gapMs: null }],
    ['attempt:2', true],
    ['attempt<2', false],
    ['at>1.9 at<=2', true],
    ['time:1-2', true],
    ['time:2.1-', false],
    ['bookmarked', false],
    ['bookmarked', true, { bookmarked: true }],
    ['note~look', true],
    ['note~""', false, { note: '' }],
    ['note:"Look at this"', true],
  ])('%s is %s', (text, result, facts) => {
    expect(matches(query(text), { ...goal, ...facts })).toBe(result);
  });

  it('folds ASCII letters and no others', () => {
    expect(containsText('MÜLLER', 'mÜller')).toBe(true);
    expect(containsText('MÜLLER', 'müller')).toBe(false);
    expect(containsText('\u212a ſ', 'k')).toBe(false);
    expect(containsText('a.b*c\\d \ud83d\ude00', 'A.B*C\\D \ud83d\ude00')).toBe(true);
    expect(containsText('axb', 'a.b')).toBe(false);
  });
});

describe('a value in the JSON of an event', () => {
  const data = JSON.stringify({
    score: { home: 3, away: '2' },
    choices: [{ delta: { content: 'Hello' } }, { delta: {} }],
    id: '12345678901234567890',
    'a b': null,
    ok: true,
    tags: ['x', 'y', 4],
  });
  it.each<[string, boolean, string?]>([
    ['json.score', true],
    ['json.score.home', true],
    ['json.score.guest', false],
    ['json["a b"]', true],
    ['json["a b"]=null', true],
    ['json.choices[0].delta.content', true],
    ['json.choices[1].delta.content', false],
    ['json.choices[2]', false],
    ['json.choices[*].delta.content=Hello', true],
    ['json.choices[*].delta.content~hell', true],
    ['json.choices.delta', false],
    ['json.score.home>=3', true],
    ['json.score.home>3', false],
    ['json.score.home<=3', true],
    ['json.score.home<3', false],
    ['json.score.home=3.0', true],
    ['json.score.home!=3', false],
    ['json.score.home="3"', false],
    ['json.score.away=2', true],
    ['json.score.away="2"', true],
    ['json.score.away>1', true],
    ['json.score.home>two', false],
    ['json.nothing!=3', false],
    ['not json.nothing=3', true],
    ['json.id=12345678901234567890', true],
    ['json.id=12345678901234567891', false],
    ['json.ok=true', true],
    ['json.ok="true"', false],
    ['json.tags[*]=y', true],
    ['json.tags[*]>3', true],
    ['json.tags[*]>=z', false],
    ['json.tags~x', false],
    ['json.choices[0].delta.content~/^H.*o$/', true],
    ['json.choices[0].delta.content<I', true],
    ['json.toString', false],
    ['json[0]=1', true, '[1]'],
    ['json.a', false, '{"a":'],
    ['json.a', false, ''],
    ['-json.a', true, 'words'],
  ])('%s is %s', (text, result, other) => {
    expect(matches(query(text), { ...goal, data: other ?? data })).toBe(result);
  });

  it('is asked of events alone', () => {
    expect(matches(query('json.ok'), { ...goal, kind: 'comment', data })).toBe(false);
  });
});

describe('what follows from the facts that are known', () => {
  const unknown: KnownFacts = { ...goal, data: undefined, id: undefined, type: undefined };
  it.each<[string, boolean | null]>([
    ['word', null],
    ['-word', null],
    ['word size>200', false],
    ['word or size>50', true],
    ['word or size>200', null],
    ['id:7', null],
    ['type:goal', null],
    ['json.a', null],
    ['not (word or attempt:2)', false],
    ['""', true],
  ])('%s is %s', (text, result) => {
    expect(decide(query(text), unknown)).toBe(result);
  });
});

describe('texts that a query requires', () => {
  it.each<[string, readonly string[] | null]>([
    ['goal arsenal', ['arsenal']],
    ['-arsenal goal', ['goal']],
    ['-arsenal', null],
    ['data~/x/', null],
    ['arsenal or chelsea', ['arsenal', 'chelsea']],
    ['arsenal or size>1', null],
    ['(arsenal or chelsea) type:goal', ['arsenal', 'chelsea']],
    ['(a or chelsea) goal', ['goal']],
    ['type~goal', null],
    ['""', null],
    ['', null],
  ])('of %s are %j', (text, required) => {
    expect(requiredTexts(query(text))).toEqual(required);
  });

  it('finds regular expressions wherever they are', () => {
    expect(hasRegex(query('a (b or -json.x~/y/)'))).toBe(true);
    expect(hasRegex(query('a (b or -json.x~y)'))).toBe(false);
  });
});
