import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings } from '../../../../src/shared/settings/settings.ts';

it('comes back as it was written', () => {
  const settings = { retention: { maxAgeDays: 30, maxBytes: 1e9 } };
  expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

it.each([
  [undefined],
  [null],
  ['x'],
  [{}],
  [{ retention: 7 }],
  [{ retention: { maxAgeDays: -1, maxBytes: '9' } }],
])('reads %j as settings that delete nothing', (value) => {
  expect(parseSettings(value)).toEqual(DEFAULT_SETTINGS);
});
