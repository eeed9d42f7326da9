/** How wide the columns are, and how much of the data there is room for. Which columns give way is also in the styles. Pure. */
import { sessionTimeText } from '../../ui/time-text.ts';

/** Below this width the kinds are a menu. */
export const NARROW = 760;
/** Below these widths the id, and then delta and size, give way to the data (container queries of head and rows). */
export const NO_ID = 720;
export const NO_DELTA = 560;

export interface Columns {
  /** Pixels; the data has the rest. */
  readonly widths: Readonly<Record<'seq' | 'time' | 'delta' | 'type' | 'id' | 'size', number>>;
  /** Characters of data that there is room for. */
  readonly room: number;
}

/** The data font's characters are 0.6 em wide at 12 px. */
const CHAR = 7.2;
const PADDING = 12;
const EDGE = 6;
const SCROLLBAR = 10;
const MIN_ROOM = 8;
/** Previews are not longer. */
const MAX_ROOM = 200;

const holding = (chars: number): number => Math.ceil(chars * CHAR) + PADDING;

/** Numbers and times are as wide as the session needs them. */
export function columnsFor(width: number, entries: number, lastAtMs: number): Columns {
  const widths = {
    seq: holding(Math.max(4, String(entries).length)),
    time: holding(Math.max(8, sessionTimeText(lastAtMs).length)),
    delta: 72,
    type: width > NO_DELTA ? 128 : 108,
    id: 88,
    size: 52,
  };
  let taken = EDGE + SCROLLBAR + PADDING + widths.seq + widths.time + widths.type;
  if (width > NO_DELTA) taken += widths.delta + widths.size;
  if (width > NO_ID) taken += widths.id;
  return { widths, room: Math.min(MAX_ROOM, Math.max(MIN_ROOM, Math.floor((width - taken) / CHAR))) };
}

export function columnStyle({ widths }: Columns): string {
  return Object.entries(widths)
    .map(([name, width]) => `--col-${name}: ${width}px`)
    .join('; ');
}
