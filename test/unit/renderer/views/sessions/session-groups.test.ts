import { expect, it } from 'vitest';
import { groupByDay } from '../../../../../src/renderer/views/sessions/session-groups.ts';
import type { SessionSummary } from '../../../../../src/shared/session/entry.ts';

const session = (id: string, startedAt: Date): SessionSummary => ({
  id,
  name: id,
  method: 'GET',
  url: 'http://localhost/',
  endpointId: null,
  startedAt: startedAt.getTime(),
  durationMs: 0,
  outcome: 'ended',
  counts: { entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 },
});

it('puts sessions under their day and keeps their order', () => {
  const groups = groupByDay(
    [
      session('c', new Date(2026, 2, 18, 9)),
      session('b', new Date(2026, 2, 18, 8)),
      session('a', new Date(2026, 2, 17, 23)),
    ],
    new Date(2026, 2, 18, 10).getTime(),
  );
  expect(groups.map((group) => [group.title, group.sessions.map((one) => one.id)])).toEqual([
    ['Today', ['c', 'b']],
    ['Yesterday', ['a']],
  ]);
});
