/** Durations as people type them: "30 s", "250 ms", "1.5 min", "2 h". Pure. */

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d+(?:[.,]\d+)?)\s*(ms|s|min|m|h)?$/i;
const LONGEST_MS = 2 ** 31 - 1;

/** Milliseconds, at most what a timer can hold; a bare number counts seconds. null: it is no duration. */
export function parseDelay(typed: string): number | null {
  const found = DURATION.exec(typed.trim());
  if (!found) return null;
  const unit = UNITS_MS[(found[2] ?? 's').toLowerCase()] ?? 1000;
  return Math.min(Math.round(Number(found[1]?.replace(',', '.')) * unit), LONGEST_MS);
}

/** The duration to the millisecond, in the unit that says it shortest; `parseDelay` reads it back. */
export function delayText(ms: number): string {
  if (ms > 0 && ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms > 0 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return ms < 1000 && ms > 0 ? `${ms} ms` : `${ms / 1000} s`;
}
