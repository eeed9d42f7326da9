/** Finds entries by time, by asking for single rows: entries are in the order of time, so it takes the logarithm of their number. */
import { kindOf } from '../../../shared/session/index-record.ts';
import type { TimelineLane } from '../../../shared/session/timeline-slice.ts';
import { rowOf, type Row, type RowPage } from '../../../shared/session/row.ts';

export type Lane = Pick<TimelineLane, 'name' | 'isEventType'>;

export type ReadRows = (from: number, count: number) => Promise<RowPage>;

/** Number of the first entry that came at `ms` or later; `count` when there is none. */
export async function firstEntryFrom(ms: number, count: number, rows: ReadRows): Promise<number> {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const page = await rows(middle, 1);
    if ((page.atMs[0] ?? Infinity) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entries looked at on either side of the time. */
const AROUND = 128;

/** The entry nearest to `ms` that belongs to `lane` (any lane: null), no further off than `withinMs`. */
export async function nearestEntry(
  ms: number,
  lane: Lane | null,
  withinMs: number,
  count: number,
  rows: ReadRows,
): Promise<Row | null> {
  const at = await firstEntryFrom(ms, count, rows);
  const page = await rows(Math.max(0, at - AROUND), 2 * AROUND);
  let best: Row | null = null;
  for (let index = 0; index < page.count; index += 1) {
    const row = rowOf(page, index);
    if (lane !== null && !standsIn(row, lane)) continue;
    if (Math.abs(row.atMs - ms) > withinMs) continue;
    if (!best || Math.abs(row.atMs - ms) < Math.abs(best.atMs - ms)) best = row;
  }
  return best;
}

function standsIn(row: Row, lane: Lane): boolean {
  const kind = kindOf(row.kindNumber);
  return lane.isEventType ? kind === 'event' && row.type === lane.name : kind === lane.name;
}
