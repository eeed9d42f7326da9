import { expect, it } from 'vitest';
import { NO_ALERTS } from '../../../../src/shared/connection/alert-spec.ts';
import { alertSpec } from '../../../../src/shared/ipc/parse-alerts.ts';
import { requestSpec } from '../../../../src/shared/ipc/parse-workspace.ts';

it('takes what is missing as off, in requests of older versions too', () => {
  expect(alertSpec({})).toEqual(NO_ALERTS);
  expect(alertSpec({ onEnd: true })).toEqual({ ...NO_ALERTS, onEnd: true });
  expect(requestSpec({ url: 'http://127.0.0.1/' }).alerts).toEqual(NO_ALERTS);
});

it('keeps a query that is still being typed, and nothing that it does not know', () => {
  expect(alertSpec({ matches: 'type:', later: 1 })).toEqual({ ...NO_ALERTS, matches: 'type:' });
});

it.each([
  [{ stallMs: -1 }, '"stallMs" must be a number from 0'],
  [{ stallMs: 1.5 }, '"stallMs" must be a whole number'],
  [{ stallMs: 1e12 }, '"stallMs" must be a number from 0'],
  [{ onEnd: 'yes' }, '"onEnd" must be true or false'],
  [{ matches: 5 }, '"matches" must be a text'],
  [[], '"alerts" must be an object'],
  [null, '"alerts" must be an object'],
])('refuses %j', (value, message) => {
  expect(() => alertSpec(value)).toThrow(message);
});
