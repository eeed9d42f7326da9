import { expect, test } from 'vitest';
import type { ParsedFrame } from '../../../../src/shared/sse/types.ts';
import { createEventJudge } from '../../../../src/shared/tap/event-verdict.ts';
import { createRuleBook, replacer, ruleProblem } from '../../../../src/shared/tap/rule-book.ts';
import type { TapAction, TapRule } from '../../../../src/shared/tap/tap-rule.ts';

let count = 0;
function rule(action: TapAction, more: Partial<TapRule> = {}): TapRule {
  count += 1;
  return { id: `r${count}`, enabled: true, path: '', filter: '', times: 0, action, ...more };
}

function event(data: string, eventType = 'message'): ParsedFrame {
  const kind = 'event' as const;
  return {
    offset: 0,
    length: data.length,
    kind,
    flags: 0,
    eventType,
    data,
    id: null,
    retryMs: null,
    comments: [],
  };
}

function judgeOf(rules: readonly TapRule[], path = '/v1/chat') {
  const book = createRuleBook(rules);
  return createEventJudge(book.forEvents(path), book);
}

test('rules that match add up; others leave the event alone', () => {
  const judge = judgeOf([
    rule({ kind: 'delay', delayMs: 10 }, { filter: 'type:ping' }),
    rule({ kind: 'delay', delayMs: 5 }),
    rule({ kind: 'hold' }, { filter: 'data~nothing' }),
  ]);
  expect(judge.judge(event('a', 'ping'), 0)).toMatchObject({ delayMs: 15, hold: false });
  const other = judge.judge(event('b'), 1);
  expect(other).toMatchObject({ delayMs: 5, rules: ['rule 2'] });
  expect(judge.events).toBe(2);
});

test('cuts behind the n-th event that matches', () => {
  const judge = judgeOf([rule({ kind: 'cut', afterEvents: 2, how: 'reset' }, { filter: 'token' })]);
  const cuts = ['token', 'other', 'token', 'token'].map((data) => judge.judge(event(data), 0).cut);
  expect(cuts).toEqual([null, null, 'reset', null]);
});

test('a rule that acts so many times does no more afterwards, over all responses', () => {
  const book = createRuleBook([rule({ kind: 'drop' }, { times: 1 })]);
  const first = createEventJudge(book.forEvents('/'), book);
  const second = createEventJudge(book.forEvents('/'), book);
  expect([first.judge(event('a'), 0).drop, second.judge(event('a'), 0).drop]).toEqual([true, false]);
});

test('edits follow each other; comments and other frames are never touched', () => {
  const judge = judgeOf([
    rule({ kind: 'edit', find: 'cat', replace: 'dog' }),
    rule({ kind: 'edit', find: '/d(o)g/i', replace: '$1' }),
  ]);
  expect(judge.judge(event('x'), 0).edit?.('data: cat cat')).toBe('data: o o');
  expect(judge.judge({ ...event(''), kind: 'comment', eventType: null }, 0).rules).toEqual([]);
});

test('is for the paths that it says', () => {
  const book = createRuleBook([
    rule({ kind: 'drop' }, { path: '/v1/*' }),
    rule({ kind: 'drop' }, { path: '/exact' }),
  ]);
  const counts = ['/v1/chat?x=1', '/v2/chat', '/exact', '/exact?q', '/exactly'].map(
    (path) => book.forEvents(path).length,
  );
  expect(counts).toEqual([1, 0, 1, 1, 0]);
});

test('answers in place of the server, as often as it may', () => {
  const book = createRuleBook([rule({ kind: 'answer', status: 503, body: '' }, { times: 2, path: '/v1/*' })]);
  const answers = ['/other', '/v1/a', '/v1/a', '/v1/a'].map((path) => book.answer(path)?.status ?? null);
  expect(answers).toEqual([null, 503, 503, null]);
});

test('a rule that is changed counts anew, one that stays goes on', () => {
  const stays = rule({ kind: 'answer', status: 500, body: '' }, { times: 1 });
  const book = createRuleBook([stays]);
  expect(book.answer('/')).not.toBeNull();
  book.change([stays, rule({ kind: 'drop' })]);
  expect(book.answer('/')).toBeNull();
  book.change([{ ...stays, times: 2 }]);
  expect(book.answer('/')).not.toBeNull();
});

test('says what is wrong with a rule', () => {
  expect(ruleProblem(rule({ kind: 'drop' }, { filter: 'data~/(/' }))).toMatch(/\w/);
  expect(ruleProblem(rule({ kind: 'edit', find: '', replace: '' }))).toMatch(/found/);
  expect(ruleProblem(rule({ kind: 'edit', find: '/(/', replace: '' }))).toMatch(/\w/);
  expect(ruleProblem(rule({ kind: 'hold' }, { filter: 'type:ping' }))).toBeNull();
  expect(replacer('a.b', 'x')('a.b acb')).toBe('x acb');
});
