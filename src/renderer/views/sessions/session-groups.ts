/** Sessions under the day on which they began. Pure. */
import type { SessionSummary } from '../../../shared/session/entry.ts';
import { dayTitle } from '../../ui/day-text.ts';

export interface SessionGroup {
  readonly title: string;
  readonly sessions: readonly SessionSummary[];
}

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
