import { describe, expect, it } from 'vitest';
import { parseQuery, type Query } from '../../../../src/shared/filter/query.ts';
import {
  includesText,
  lowerAscii,
  matchEntry,
  matchRecord,
  requiredText,
} from '../../../../src/shared/filter/row-match.ts';
import { kindNumberOf, MAX_TYPE_NUMBER } from '../../../../src/shared/session/index-record.ts';
import { frameRecord } from '../../../contract/session-log.ts';

function query(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.query;
}

const names = ['goal', 'card'];
const typeName = (number: number): string | undefined => names[number];

describe('matching by the record alone', () => {
  it.each([
    ['type:goal', {}, true],
    ['type:card', {}, false],
    ['-type:goal', {}, false],
    ['type:goal', { kindNumber: kindNumberOf('comment') }, false],
    ['type:goal', { typeNumber: MAX_TYPE_NUMBER }, null],
    ['kind:event', {}, true],
    ['kind:comment', {}, false],
    ['size>100', { length: 101 }, true],
    ['size>=100 size<200', { length: 200 }, false],
    ['size>0', { length: 500, kindNumber: kindNumberOf('attempt-start') }, false],
    ['attempt:2', { attempt: 2 }, true],
    ['time:1-2', { atMs: 2000 }, true],
    ['time:1-2', { atMs: 999.9 }, false],
    ['time:-2', { atMs: 2000.1 }, false],
    ['time:2-', { atMs: 1e9 }, true],
    ['id:7', {}, false],
    ['id:7', { flags: 1 }, null],
    ['word', {}, null],
    ['-word', {}, null],
    ['data~/x/', {}, null],
    ['word type:card', {}, false],
    ['', {}, true],
  ])('%s against %j is %s', (text, fields, result) => {
    expect(matchRecord(query(text), frameRecord(fields), typeName)).toBe(result);
  });
});

describe('matching by what the entry says', () => {
  const content = { text: 'Arsenal score\nGOAL', type: 'goal', id: '7' };
  it.each([
    ['goal', true],
    ['arsenal', true],
    ['"score\nGOAL"', true],
    ['-goal', false],
    ['-chelsea', true],
    ['data~/^GOAL$/m', true],
    ['data~/^goal$/', false],
    ['id:7', true],
    ['id:77', false],
    ['type:goal id:7 score', true],
  ])('%s is %s', (text, result) => {
    const record = frameRecord({ flags: 1, typeNumber: MAX_TYPE_NUMBER });
    expect(matchEntry(query(text), record, content)).toBe(result);
  });

  it('folds ASCII letters and no others', () => {
    expect(includesText('MÜLLER', 'mÜller')).toBe(true);
    expect(includesText('MÜLLER', 'müller')).toBe(false);
    expect(lowerAscii('ÀBC İ \u212a')).toBe('Àbc İ \u212a');
  });
});

describe('the text that a filter requires', () => {
  it.each([
    ['goal arsenal', 'arsenal'],
    ['-arsenal goal', 'goal'],
    ['-arsenal', null],
    ['data~/x/', null],
    ['', null],
  ])('of %s is %s', (text, required) => {
    expect(requiredText(query(text))).toBe(required);
  });
});
