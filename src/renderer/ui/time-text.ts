/** Points in time as people read them. Pure but for the local time zone. */

/** Session time: "0:04.120", "1:02:03.456". */
export function sessionTimeText(ms: number): string {
  const total = Math.max(0, Math.round(ms));
  const seconds = Math.floor(total / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${pad(seconds % 60, 2)}.${pad(total % 1000, 3)}`;
  return hours > 0 ? `${hours}:${pad(minutes % 60, 2)}:${rest}` : `${minutes}:${rest}`;
}

/** Local wall-clock time with milliseconds: "2026-11-22 18:04:05.123". */
export function wallClockText(epochMs: number): string {
  const at = new Date(epochMs);
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1, 2)}-${pad(at.getDate(), 2)}`;
  const time = `${pad(at.getHours(), 2)}:${pad(at.getMinutes(), 2)}:${pad(at.getSeconds(), 2)}`;
  return `${date} ${time}.${pad(at.getMilliseconds(), 3)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
