/** A session as lists show it, with nothing said about it. */
import type { SessionSummary } from '../../src/shared/session/entry.ts';

export function sessionSummary(id: string, change: Partial<SessionSummary> = {}): SessionSummary {
  return {
    id,
    name: id,
    tags: [],
    notes: '',
    pinned: false,
    method: 'GET',
    url: 'http://localhost/x',
    endpointId: null,
    startedAt: 0,
    durationMs: 1000,
    outcome: 'ended',
    counts: { entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 },
    origin: null,
    diskBytes: 0,
    marked: false,
    ...change,
  };
}
