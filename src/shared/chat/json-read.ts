/** Reading fields of JSON that nobody vouches for. Never throws; what is not of the wanted shape is absent. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value when it is an object (no array), else null. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value when it is an array, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a string, else "". */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value when it is a slot number such as a choice index, else null. */
export function slotOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** JSON text of a value; "" where there is none. Nesting deeper than the host's stack has no JSON text. */
export function jsonTextOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
