import { expect, it } from 'vitest';
import { idInForce, type AttemptStartEntry } from '../../../../src/shared/session/entry.ts';

const START: AttemptStartEntry = {
  kind: 'attempt-start',
  attempt: 2,
  method: 'GET',
  url: 'http://127.0.0.1/',
  headers: [],
  body: '',
  lastEventId: '',
  why: 'Reconnect after the stream ended',
};

it('an attempt tells the last event ID in force: as held, else as sent, else not at all', () => {
  expect(idInForce({ ...START, lastEventId: 'ab', heldId: 'ab ' })).toBe('ab ');
  expect(idInForce({ ...START, heldId: 'a\u0001' })).toBe('a\u0001');
  expect(idInForce({ ...START, lastEventId: '7' })).toBe('7');
  expect(idInForce(START)).toBeNull();
});
