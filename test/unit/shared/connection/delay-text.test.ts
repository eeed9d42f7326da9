import { expect, it } from 'vitest';
import { delayText, parseDelay } from '../../../../src/shared/connection/delay-text.ts';

it.each([
  ['250 ms', 250],
  ['30 s', 30_000],
  ['30s', 30_000],
  ['1.5 min', 90_000],
  ['1,5 m', 90_000],
  ['2 h', 7_200_000],
  ['45', 45_000],
  ['0', 0],
  ['999999 h', 2 ** 31 - 1],
  ['', null],
  ['soon', null],
  ['-3 s', null],
  ['3 days', null],
])('%j is %s ms', (typed, ms) => {
  expect(parseDelay(typed)).toBe(ms);
});

it.each([0, 1, 250, 999, 1000, 1234, 30_000, 60_000, 90_000, 3_600_000, 2 ** 31 - 1])(
  '%i ms is read back from its text exactly',
  (ms) => {
    expect(parseDelay(delayText(ms))).toBe(ms);
  },
);
