import { expect, it } from 'vitest';
import { retryAfterMs } from '../../../../src/shared/connection/retry-after.ts';

const NOW = Date.parse('Wed, 21 Oct 2015 07:28:00 GMT');

it.each([
  ['retry-after: seconds', '120', 120_000],
  ['retry-after: no seconds at all', '0', 0],
  ['retry-after: a date', 'Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
  ['retry-after: a date in the past is now', 'Wed, 21 Oct 2015 07:00:00 GMT', 0],
  ['retry-after: a date as RFC 850 has it', 'Wednesday, 21-Oct-15 07:28:05 GMT', 5000],
  ['retry-after: a date as asctime has it', 'Wed Oct 21 07:28:09 2015', 9000],
  ['retry-after: words', 'soon', null],
  ['retry-after: a fraction', '1.5', null],
  ['retry-after: a negative number', '-5', null],
  ['retry-after: an ISO date, which HTTP does not know', '2015-10-21T07:28:30Z', null],
])('%s', (_name, value, ms) => {
  expect(retryAfterMs([['Retry-After', value]], NOW)).toBe(ms);
});

it('retry-after: a date is measured by the clock of the server that named it', () => {
  const headers = [
    ['Date', 'Wed, 21 Oct 2015 09:00:00 GMT'],
    ['Retry-After', 'Wed, 21 Oct 2015 09:00:07 GMT'],
  ] as const;
  expect(retryAfterMs(headers, NOW)).toBe(7000);
});

it('is nothing when the answer does not say', () => {
  expect(retryAfterMs([['Date', 'Wed, 21 Oct 2015 09:00:00 GMT']], NOW)).toBeNull();
});
