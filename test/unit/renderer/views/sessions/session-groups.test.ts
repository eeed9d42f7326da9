import { expect, it } from 'vitest';
import { groupByDay } from '../../../../../src/renderer/views/sessions/session-groups.ts';
import type { SessionSummary } from '../../../../../src/shared/session/entry.ts';
import { sessionSummary } from '../../../../support/session-summary.ts';

const session = (id: string, startedAt: Date): SessionSummary =>
  sessionSummary(id, { startedAt: startedAt.getTime() });

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
