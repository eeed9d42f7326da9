import { expect, it } from 'vitest';
import { readReconnect } from '../../../src/cli/reconnect-arguments.ts';

it('reads a preset and settings of every kind', () => {
  const settings = [
    'stall-timeout=30s',
    'floor=250ms',
    'give-up-attempts=5',
    'use-retry-after=no',
    'retry-statuses=503, 429',
    'after-failure=before-answer',
    'terminators=[END] a=b',
  ];
  expect(readReconnect('resilient', settings)).toEqual({
    preset: 'resilient',
    stallTimeoutMs: 30_000,
    floorMs: 250,
    giveUpAttempts: 5,
    useRetryAfter: false,
    retryStatuses: '503, 429',
    afterFailure: 'before-answer',
    terminators: '[END] a=b',
  });
});

it.each([
  ['best', [], '"preset" must be one of auto, browser, resilient, one-answer.'],
  [
    'auto',
    ['patience=9'],
    '"patience=9" is not a setting. Write NAME=VALUE, where NAME is one of after-end,',
  ],
  ['auto', ['floor'], '"floor" is not a setting.'],
  ['auto', ['floor=soon'], 'floor is a time such as 30s, 250ms or 5min, and not "soon".'],
  ['auto', ['give-up-attempts=-1'], 'give-up-attempts is a whole number, and not "-1".'],
  ['auto', ['use-retry-after=perhaps'], 'use-retry-after is yes or no'],
  ['auto', ['jitter=some'], '"jitter" must be one of none, added, full.'],
  ['auto', ['retry-statuses=5x'], '"5x" is not a status.'],
] as const)('refuses %s with %j', (preset, settings, expected) => {
  expect(() => readReconnect(preset, settings)).toThrow(expected);
});
