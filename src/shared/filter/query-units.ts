/** Numbers with units, as queries write them. null for what is none. */

const SIZE = /^(\d+(?:\.\d+)?)(b|kb|mb|gb)?$/i;
const SIZE_UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/i;
const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const CLOCK = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:\.\d+)?)$/;
const RANGE = /^(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?$/;

/** Bytes: "4kb", units of 1024. */
export function readSize(text: string): number | null {
  return withUnit(SIZE, SIZE_UNITS, 'b', text);
}

/** Milliseconds: "250ms", "1.5s", "2m", "1h"; seconds without a unit. */
export function readDuration(text: string): number | null {
  return withUnit(DURATION, DURATION_UNITS, 's', text);
}

/** Milliseconds: "00:01:30", "1:30.5", or a duration. */
export function readMoment(text: string): number | null {
  const match = CLOCK.exec(text);
  if (!match) return readDuration(text);
  const [, hours = '0', minutes, seconds] = match;
  // In whole milliseconds first: 90.1 s are 90100 ms, and not a little less.
  return (Number(hours) * 60 + Number(minutes)) * 60_000 + milliseconds(Number(seconds), 1000);
}

/** Seconds from and to, either of which may be left out: "1.5-20", "3-". */
export function readTimeRange(text: string): { readonly fromMs: number; readonly toMs: number } | null {
  const match = RANGE.exec(text);
  if (!match || text === '-') return null;
  const [, first, last] = match;
  return {
    fromMs: first === undefined ? -Infinity : Number(first) * 1000,
    toMs: last === undefined ? Infinity : Number(last) * 1000,
  };
}

function withUnit(
  pattern: RegExp,
  units: Readonly<Record<string, number>>,
  plain: string,
  text: string,
): number | null {
  const match = pattern.exec(text);
  if (!match) return null;
  return milliseconds(Number(match[1]), units[(match[2] ?? plain).toLowerCase()] ?? 1);
}

/** The product without the last bits' noise: 1.1 * 1000 is 1100. */
function milliseconds(value: number, unit: number): number {
  return Number((value * unit).toPrecision(15));
}
