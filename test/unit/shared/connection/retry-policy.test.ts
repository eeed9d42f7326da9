import { describe, expect, it } from 'vitest';
import {
  formatDelay,
  isFinal,
  MAX_TIMER_MS,
  reasonNotToReconnect,
  retryDelay,
} from '../../../../src/shared/connection/retry-policy.ts';
import { DEFAULT_RECONNECT, type FailureCode } from '../../../../src/shared/connection/types.ts';

const NONE = () => 0;
const ALL = (longestMs: number) => longestMs;

describe('the delay before the next attempt', () => {
  it.each([
    // retry, attempts without an event, expected delay, where it comes from
    [null, 1, 3000, 'default'],
    [null, 2, 6000, 'backoff'],
    [null, 3, 12_000, 'backoff'],
    [null, 6, 60_000, 'backoff'],
    [null, 2000, 60_000, 'backoff'],
    [10, 1, 250, 'floor'],
    [0, 1, 250, 'floor'],
    [0, 2, 500, 'backoff'],
    [250, 1, 250, 'server-retry'],
    [3000, 1, 3000, 'server-retry'],
    [60_000, 4, 60_000, 'server-retry'],
    [120_000, 1, 120_000, 'server-retry'],
    [120_000, 9, 120_000, 'server-retry'],
    [MAX_TIMER_MS, 1, MAX_TIMER_MS, 'server-retry'],
    [MAX_TIMER_MS + 1, 1, MAX_TIMER_MS, 'clamped'],
    [1e300, 50, MAX_TIMER_MS, 'clamped'],
  ] as const)(
    'retry %s after %i attempts without an event is %i ms (%s)',
    (retry, fruitless, delayMs, source) => {
      expect(retryDelay(retry, fruitless, DEFAULT_RECONNECT, NONE)).toMatchObject({ delayMs, source });
    },
  );

  it('is spread only while it backs off, only upwards, and not beyond its cap', () => {
    const delay = (fruitless: number) => retryDelay(null, fruitless, DEFAULT_RECONNECT, ALL).delayMs;
    expect([1, 2, 3, 5, 9].map(delay)).toEqual([3000, 7500, 15_000, 60_000, 60_000]);
  });

  it('is never longer than what a timer can hold, whatever the settings', () => {
    const endless = { ...DEFAULT_RECONNECT, maxDelayMs: Number.MAX_VALUE, floorMs: MAX_TIMER_MS };
    expect(retryDelay(1, 1, endless, NONE).delayMs).toBe(MAX_TIMER_MS);
    expect(retryDelay(1, 40, endless, ALL).delayMs).toBe(MAX_TIMER_MS);
  });

  it('says where it comes from', () => {
    const why = (retryMs: number | null, fruitless: number) =>
      retryDelay(retryMs, fruitless, DEFAULT_RECONNECT, NONE).why;
    expect(why(null, 1)).toBe('3 s is the time set for this endpoint');
    expect(why(1500, 1)).toBe('1.5 s as the server asked');
    expect(why(0, 1)).toBe('0 ms as the server asked, raised to 250 ms so that it does not become a storm');
    expect(why(null, 3)).toBe('12 s, growing because 3 attempts in a row brought no event');
  });
});

describe('what is final', () => {
  it.each<[FailureCode, boolean]>([
    ['http-status', true],
    ['content-type', true],
    ['tls', true],
    ['redirect', true],
    ['invalid-request', true],
    ['disk', true],
    ['dns', false],
    ['refused', false],
    ['reset', false],
    ['timeout', false],
    ['truncated', false],
    ['content-encoding', false],
    ['other', false],
  ])('%s: %s', (code, final) => {
    expect(isFinal({ code, message: '' })).toBe(final);
  });
});

it.each([
  ['GET', 'auto', true],
  ['GET', 'always', true],
  ['GET', 'never', false],
  ['POST', 'auto', false],
  ['POST', 'always', true],
  ['POST', 'never', false],
  ['HEAD', 'auto', false],
  ['PUT', 'auto', false],
] as const)('a %s in mode %s is asked for again: %s', (method, mode, again) => {
  for (const failed of [true, false])
    expect(reasonNotToReconnect(method, { ...DEFAULT_RECONNECT, mode }, failed) === null).toBe(again);
});

it.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1 s'],
  [2550, '2.6 s'],
  [119_999, '120 s'],
  [150_000, '2.5 min'],
  [7_200_000, '2 h'],
])('%d ms reads as %s', (ms, text) => {
  expect(formatDelay(ms)).toBe(text);
});
