import { expect, it } from 'vitest';
import { anyRegex, eventMatch, eventMatchOr } from '../../../../src/shared/checks/event-match.ts';
import { PLAIN_EVENT } from '../../../../src/shared/filter/matches.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';

function queryOf(text: string) {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.message);
  return { text, query: read.query };
}
const comment = { ...PLAIN_EVENT, kind: 'comment' as const, type: '', data: 'ping' };

it('means events alone, unless the query asks for a kind', () => {
  expect(eventMatch(queryOf('ping'))(comment)).toBe(false);
  expect(eventMatch(queryOf('ping kind:comment'))(comment)).toBe(true);
  expect(eventMatch(queryOf('ping'))({ ...PLAIN_EVENT, data: 'a ping' })).toBe(true);
  expect(eventMatchOr(null)(PLAIN_EVENT)).toBe(true);
  expect(eventMatchOr(null)(comment)).toBe(false);
});

it('knows when a regular expression has a say', () => {
  expect(anyRegex([null, queryOf('a')])).toBe(false);
  expect(anyRegex([queryOf('a'), queryOf('data~/a+/')])).toBe(true);
});
