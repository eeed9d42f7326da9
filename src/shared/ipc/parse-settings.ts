/** The argument of `settings:write`. Stricter than what the file may hold: the window is not to be guessed at. */
import type { Settings } from '../settings/settings.ts';
import { bad, fields, number, type Fields } from './argument-fields.ts';

/** A hundred years. */
const MAX_DAYS = 36_500;

export function settings(value: unknown): Settings {
  const retention = fields(fields(value)['retention'], '"retention"');
  return {
    retention: {
      maxAgeDays: positiveOrNull(retention, 'maxAgeDays', MAX_DAYS),
      maxBytes: positiveOrNull(retention, 'maxBytes', Number.MAX_SAFE_INTEGER),
    },
  };
}

function positiveOrNull(from: Fields, name: string, max: number): number | null {
  if (from[name] === null) return null;
  const given = number(from, name, 0, max);
  return given > 0 ? given : bad(`"${name}" must be above 0, or null for no limit`);
}
