/** What the user sets for the whole app and is not about how the window looks. Kept by main in `settings.json`. Total to read. */
import { KEEP_ALL, type Retention } from '../library/retention.ts';

export interface Settings {
  readonly retention: Retention;
}

export const DEFAULT_SETTINGS: Settings = { retention: KEEP_ALL };

/** What is missing or makes no sense is as at first. */
export function parseSettings(value: unknown): Settings {
  const from = fieldsOf(value);
  const retention = fieldsOf(from['retention']);
  return {
    retention: {
      maxAgeDays: positive(retention['maxAgeDays']),
      maxBytes: positive(retention['maxBytes']),
    },
  };
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
