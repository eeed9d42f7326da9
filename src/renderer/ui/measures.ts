/** Numbers as people read them. Pure; no locale, so that a value looks the same in the window, in a test and in a screenshot. */

const THIN = '\u202f';

/** "12 431", with narrow spaces. */
export function countText(count: number): string {
  return Math.trunc(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** "3 events", "1 event". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, three figures at most: "512 B", "3.2 MB". */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < BYTE_UNITS.length - 1 && rounded(value) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? Math.trunc(value) : figures(value)} ${BYTE_UNITS[unit] ?? 'B'}`;
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : value;
}

function figures(value: number): string {
  return value >= 99.95 ? String(Math.round(value)) : value.toFixed(1);
}

/** "0.4 ms", "240 ms", "2.4 s", "4 min 12 s", "3 h 05 min". */
export function durationText(ms: number): string {
  if (ms < 0) return `-${durationText(-ms)}`;
  if (ms < 10) return `${trimmed(ms)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${trimmed(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

/** "00:04:12". */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

/** Per second: "118/s", "0.4/s", "0/s". */
export function rateText(perSecond: number): string {
  if (perSecond >= 9.95) return `${countText(Math.round(perSecond))}/s`;
  return `${trimmed(Math.max(0, perSecond))}/s`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
