/** Sessions under the day on which they began. Pure but for the local time zone. */
import type { SessionSummary } from '../../../shared/session/entry.ts';

export interface SessionGroup {
  /** "Today", "Yesterday", "Monday", "12 Nov", "12 Nov 2024". */
  readonly title: string;
  readonly sessions: readonly SessionSummary[];
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Groups sessions, which come newest first; `nowMs` says which day is today. */
export function groupByDay(sessions: readonly SessionSummary[], nowMs: number): readonly SessionGroup[] {
  const groups: { title: string; sessions: SessionSummary[] }[] = [];
  for (const session of sessions) {
    const title = dayTitle(session.startedAt, nowMs);
    const group = groups.find((one) => one.title === title);
    if (group) group.sessions.push(session);
    else groups.push({ title, sessions: [session] });
  }
  return groups;
}

export function dayTitle(epochMs: number, nowMs: number): string {
  const day = new Date(epochMs);
  const today = new Date(nowMs);
  const ago = dayNumber(today) - dayNumber(day);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  if (ago > 1 && ago < 7) return DAYS[day.getDay()] ?? '';
  const date = `${day.getDate()} ${MONTHS[day.getMonth()] ?? ''}`;
  return day.getFullYear() === today.getFullYear() ? date : `${date} ${day.getFullYear()}`;
}

/** Calendar days, so that a day with a clock change is one day too. */
function dayNumber(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** "18:04". */
export function timeOfDay(epochMs: number): string {
  const at = new Date(epochMs);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
