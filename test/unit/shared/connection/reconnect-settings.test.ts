import { expect, it } from 'vitest';
import {
  changedSettings,
  includesStatus,
  presetSettings,
  RECONNECT_PRESETS,
  settingsOf,
  statusesProblem,
  terminatorSet,
} from '../../../../src/shared/connection/reconnect-settings.ts';

it('auto is the browser for a GET, with a look at the connection after a sleep, and one answer for the rest', () => {
  expect(presetSettings('auto', 'get')).toEqual({ ...RECONNECT_PRESETS.browser, afterWake: 'check' });
  expect(presetSettings('auto', 'POST')).toBe(RECONNECT_PRESETS['one-answer']);
});

it('what differs from the preset is in force, and is known', () => {
  const policy = { preset: 'resilient', floorMs: 10, maxDelayMs: 60_000 } as const;
  expect(settingsOf(policy, 'GET')).toMatchObject({ floorMs: 10, useRetryAfter: true, jitter: 'full' });
  expect(changedSettings(policy, 'GET')).toEqual(['floorMs']);
});

it('undici-300s: no preset ends a quiet stream, and none limits the time for an answer', () => {
  for (const settings of Object.values(RECONNECT_PRESETS))
    expect(settings).toMatchObject({ headTimeoutMs: 0, stallTimeoutMs: 0, totalTimeMs: 0 });
});

it.each([
  ['', 503, false],
  ['408, 425, 429, 5xx', 503, true],
  ['408, 425, 429, 5xx', 429, true],
  ['408, 425, 429, 5xx', 404, false],
  ['4XX;599', 404, true],
  ['503', 500, false],
])('the list %j has %i: %s', (list, status, included) => {
  expect(includesStatus(list, status)).toBe(included);
  expect(statusesProblem(list)).toBeNull();
});

it.each(['5x', '600', 'all', '50', '5xxx'])('%j is no list of statuses', (list) => {
  expect(statusesProblem(list)).toContain('is not a status');
});

it('terminators are separated by blanks', () => {
  expect([...terminatorSet('  [DONE] message_stop\n')]).toEqual(['[DONE]', 'message_stop']);
});
