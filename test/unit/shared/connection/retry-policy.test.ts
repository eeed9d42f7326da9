import { describe, expect, it } from 'vitest';
import {
  formatDelay,
  isFinal,
  MAX_TIMER_MS,
  reasonNotToReconnect,
  reasonToGiveUp,
  retryDelay,
  type Jitter,
} from '../../../../src/shared/connection/retry-policy.ts';
import {
  RECONNECT_PRESETS,
  settingsOf,
  type ReconnectSettings,
} from '../../../../src/shared/connection/reconnect-settings.ts';
import type { Failure, FailureCode } from '../../../../src/shared/connection/types.ts';

const NONE = () => 0;
const ALL = (longestMs: number) => longestMs;
const { browser: BROWSER, resilient: RESILIENT } = RECONNECT_PRESETS;

function delayAfter(
  retryMs: number | null,
  fruitless: number,
  settings: ReconnectSettings,
  jitter: Jitter,
  retryAfterMs: number | null = null,
) {
  return retryDelay({ retryMs, retryAfterMs, fruitless }, settings, jitter);
}

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
      expect(delayAfter(retry, fruitless, BROWSER, NONE)).toMatchObject({ delayMs, source });
    },
  );

  it('is spread only while it backs off, only upwards, and not beyond its cap', () => {
    const delay = (fruitless: number) => delayAfter(null, fruitless, BROWSER, ALL).delayMs;
    expect([1, 2, 3, 5, 9].map(delay)).toEqual([3000, 7500, 15_000, 60_000, 60_000]);
  });

  it('is never longer than what a timer can hold, whatever the settings', () => {
    const endless = { ...BROWSER, maxDelayMs: Number.MAX_VALUE, floorMs: MAX_TIMER_MS };
    expect(delayAfter(1, 1, endless, NONE).delayMs).toBe(MAX_TIMER_MS);
    expect(delayAfter(1, 40, endless, ALL).delayMs).toBe(MAX_TIMER_MS);
  });

  it('says where it comes from', () => {
    const why = (retryMs: number | null, fruitless: number) =>
      delayAfter(retryMs, fruitless, BROWSER, NONE).why;
    expect(why(null, 1)).toBe('3 s is the time set for this endpoint');
    expect(why(1500, 1)).toBe('1.5 s as the server asked');
    expect(why(0, 1)).toBe('0 ms as the server asked, raised to 250 ms so that it does not become a storm');
    expect(why(null, 3)).toBe('12 s, growing because 3 attempts in a row brought no event');
  });
});

describe('full jitter', () => {
  it('takes anything between the floor and the delay that backs off, from the first attempt on', () => {
    const range = (fruitless: number) =>
      [NONE, ALL].map((jitter) => delayAfter(null, fruitless, RESILIENT, jitter).delayMs);
    expect(range(1)).toEqual([250, 1000]);
    expect(range(2)).toEqual([250, 2000]);
    expect(range(4)).toEqual([250, 8000]);
    expect(range(40)).toEqual([250, 60_000]);
  });

  it('never waits for less than the server asked', () => {
    const range = (fruitless: number) =>
      [NONE, ALL].map((jitter) => delayAfter(4000, fruitless, RESILIENT, jitter).delayMs);
    expect(range(1)).toEqual([4000, 4000]);
    expect(range(3)).toEqual([4000, 16_000]);
    expect(delayAfter(4000, 1, RESILIENT, ALL).source).toBe('server-retry');
  });

  it('says the range', () => {
    expect(delayAfter(null, 3, RESILIENT, NONE).why).toBe(
      'by chance between 250 ms and 4 s, growing because 3 attempts in a row brought no event',
    );
  });
});

it('no jitter makes the delay exact', () => {
  expect(delayAfter(null, 3, { ...BROWSER, jitter: 'none' }, ALL).delayMs).toBe(12_000);
});

describe('Retry-After', () => {
  it('retry-after: overrides retry, backoff and cap, once', () => {
    expect(delayAfter(1000, 7, RESILIENT, ALL, 120_000)).toMatchObject({
      delayMs: 120_000,
      source: 'retry-after',
      why: 'the server asked for 2 min with Retry-After',
    });
  });

  it('retry-after: of 0 does not make a storm, and a huge one is what a timer can hold', () => {
    expect(delayAfter(null, 1, RESILIENT, NONE, 0).delayMs).toBe(250);
    expect(delayAfter(null, 1, RESILIENT, NONE, 1e15).delayMs).toBe(MAX_TIMER_MS);
  });
});

describe('giving up', () => {
  it('counts attempts to reconnect, not the one that was lost', () => {
    const settings = { ...BROWSER, giveUpAttempts: 3 };
    expect([1, 2, 3].map((fruitless) => reasonToGiveUp(fruitless, 0, settings))).toEqual([null, null, null]);
    expect(reasonToGiveUp(4, 0, settings)).toBe('Gave up after 3 attempts to reconnect without an event');
  });

  it('counts the time without an event', () => {
    const settings = { ...BROWSER, giveUpMs: 300_000 };
    expect(reasonToGiveUp(50, 299_999, settings)).toBeNull();
    expect(reasonToGiveUp(50, 300_000, settings)).toBe('Gave up because no event came for 5 min');
  });

  it('is never done unless it was asked for', () => {
    expect(reasonToGiveUp(1e9, 1e12, RESILIENT)).toBeNull();
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
    ['stalled', false],
    ['dropped', false],
    ['other', false],
  ])('%s: %s', (code, final) => {
    expect(isFinal({ code, message: '' })).toBe(final);
  });
});

describe('whether it is asked again', () => {
  const RESET: Failure = { code: 'reset', message: '' };
  const end = (method: string, failure: Failure | null, change: object = {}) => ({
    method,
    failure,
    askAgain: false,
    answered: true,
    complete: false,
    ...change,
  });

  it.each([
    ['GET', 'auto', true],
    ['GET', 'browser', true],
    ['GET', 'resilient', true],
    ['GET', 'one-answer', false],
    ['POST', 'auto', false],
    ['POST', 'browser', true],
    ['POST', 'resilient', true],
    ['POST', 'one-answer', false],
    ['HEAD', 'auto', false],
    ['PUT', 'auto', false],
  ] as const)('a %s with the preset %s: %s', (method, preset, again) => {
    const settings = settingsOf({ preset }, method);
    for (const failure of [null, RESET])
      expect(reasonNotToReconnect(end(method, failure), settings) === null).toBe(again);
  });

  it('a POST that failed before its answer, when that was chosen', () => {
    const settings = settingsOf({ preset: 'one-answer', afterFailure: 'before-answer' }, 'POST');
    expect(reasonNotToReconnect(end('POST', RESET, { answered: false }), settings)).toBeNull();
    expect(reasonNotToReconnect(end('POST', RESET), settings)).toEqual({
      reason: 'A POST is not repeated by itself once its answer has begun',
      how: 'failed',
    });
  });

  it('an answer that a terminator has completed is not, whatever breaks afterwards', () => {
    const settings = settingsOf({ preset: 'resilient', afterEnd: 'until-terminator' }, 'POST');
    const over = { reason: 'The answer is complete', how: 'ended' };
    expect(reasonNotToReconnect(end('POST', RESET, { complete: true }), settings)).toEqual(over);
    expect(reasonNotToReconnect(end('POST', null, { complete: true }), settings)).toEqual(over);
    expect(reasonNotToReconnect(end('POST', null), settings)).toBeNull();
  });

  it('a terminator means nothing to a browser', () => {
    expect(reasonNotToReconnect(end('GET', null, { complete: true }), BROWSER)).toBeNull();
  });

  it('a status that the settings name, although it would be final', () => {
    const failure: Failure = { code: 'http-status', message: '' };
    expect(reasonNotToReconnect(end('GET', failure, { askAgain: true }), BROWSER)).toBeNull();
    expect(reasonNotToReconnect(end('GET', failure), BROWSER)).toEqual({ reason: '', how: 'failed' });
  });
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
