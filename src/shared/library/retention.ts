/** Which sessions go by age and by size. Decides only; telling and deleting is the window's. Pure. */
import type { SessionSummary } from '../session/entry.ts';
import { hasTag, KEEP_TAG } from '../session/tags.ts';

/** null: sessions stay whatever it is. Both null, as at first: nothing is ever deleted by itself. */
export interface Retention {
  readonly maxAgeDays: number | null;
  /** Of all sessions together. */
  readonly maxBytes: number | null;
}

export const KEEP_ALL: Retention = { maxAgeDays: null, maxBytes: null };

export interface Departure {
  readonly session: SessionSummary;
  readonly because: 'age' | 'size';
}

const DAY_MS = 86_400_000;

/** A session that somebody cared for is spared, and so is one that is still recorded. */
export function isSpared({ pinned, marked, tags, outcome }: SessionSummary): boolean {
  return outcome === 'live' || pinned || marked || hasTag(tags, KEEP_TAG);
}

/**
 * Too old ones first; then the oldest until the rest fits. Spared sessions count towards the size, because they take room, but never
 * go: when they alone take more, everything else goes and no more.
 */
export function departures(
  sessions: readonly SessionSummary[],
  { maxAgeDays, maxBytes }: Retention,
  nowMs: number,
): readonly Departure[] {
  const oldestFirst = [...sessions].sort((one, other) => one.startedAt - other.startedAt);
  let bytes = sessions.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  const going: Departure[] = [];
  for (const session of oldestFirst) {
    if (isSpared(session)) continue;
    const old = maxAgeDays !== null && nowMs - endOf(session) > maxAgeDays * DAY_MS;
    if (!old && (maxBytes === null || bytes <= maxBytes)) continue;
    going.push({ session, because: old ? 'age' : 'size' });
    bytes -= session.diskBytes;
  }
  return going;
}

/** A stream that ran for a month is as old as its last day. */
function endOf({ startedAt, durationMs }: SessionSummary): number {
  return startedAt + durationMs;
}
