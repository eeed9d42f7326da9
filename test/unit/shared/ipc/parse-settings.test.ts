import { expect, it } from 'vitest';
import { settings } from '../../../../src/shared/ipc/parse-settings.ts';

it('takes limits, and null for none', () => {
  const given = { retention: { maxAgeDays: 30, maxBytes: null } };
  expect(settings(given)).toEqual(given);
});

it.each([
  [undefined],
  [{}],
  [{ retention: null }],
  [{ retention: { maxAgeDays: 0, maxBytes: null } }],
  [{ retention: { maxAgeDays: -1, maxBytes: null } }],
  [{ retention: { maxAgeDays: NaN, maxBytes: null } }],
  [{ retention: { maxAgeDays: null } }],
  [{ retention: { maxAgeDays: 'ten', maxBytes: null } }],
])('refuses %j', (value) => {
  expect(() => settings(value)).toThrow(/Bad arguments/);
});
