import { describe, expect, it } from 'vitest';
import type { DialectEvent } from '../../../../src/shared/chat/dialect.ts';
import { createPlainDialect } from '../../../../src/shared/chat/plain-dialect.ts';

const dialect = createPlainDialect({
  id: 'plain',
  label: 'Plain',
  endsWithDone: true,
  score: (json) => ('word' in json ? 50 : 0),
  take: (tracker, json, event) => tracker.append(tracker.choice(0), 'content', String(json['word']), event),
});

function event(data: string): DialectEvent {
  const json: unknown = data.startsWith('{') ? JSON.parse(data) : undefined;
  return { type: 'message', data, json, seq: 0, atMs: 0, attempt: 0 };
}

describe('a plain dialect', () => {
  it('takes an error into an open answer, but opens none with it', () => {
    expect(dialect.score(event('{"error":"gone"}'))).toBe(1);
    const state = dialect.start(event('{"word":"six"}'));
    dialect.step(state, event('{"error":"gone"}'));
    expect(dialect.view(state, true)).toMatchObject({ end: 'error', error: 'gone' });
  });

  it('hands what comes after its end to another answer', () => {
    const state = dialect.start(event('{"word":"six"}'));
    expect(dialect.step(state, event('[DONE]'))).toBe(state);
    expect(dialect.step(state, event('{"word":"seven"}'))).toBe('next');
    expect(dialect.view(state, true).end).toBe('done');
  });

  it('tells of data that is no JSON', () => {
    const state = dialect.start(event('{"word":"six"}'));
    dialect.step(state, event('oops'));
    expect(dialect.view(state, true).diagnostics).toMatchObject([{ code: 'bad-json' }]);
  });
});
