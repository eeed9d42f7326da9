import { describe, expect, it } from 'vitest';
import { departures, KEEP_ALL } from '../../../../src/shared/library/retention.ts';
import { sessionSummary } from '../../../support/session-summary.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const aged = (id: string, days: number, change: Parameters<typeof sessionSummary>[1] = {}) =>
  sessionSummary(id, { startedAt: NOW - days * DAY, durationMs: 0, diskBytes: 100, ...change });
const ids = (...args: Parameters<typeof departures>) =>
  departures(...args).map(({ session, because }) => `${session.id} ${because}`);

describe('retention', () => {
  it('lets nothing go unless it was asked to', () => {
    expect(departures([aged('a', 5000)], KEEP_ALL, NOW)).toEqual([]);
  });

  it('lets go what is too old, counted from its end', () => {
    const sessions = [aged('new', 9), aged('old', 11), aged('ran long', 40, { durationMs: 35 * DAY })];
    expect(ids(sessions, { maxAgeDays: 10, maxBytes: null }, NOW)).toEqual(['old age']);
  });

  it('lets go the oldest until the rest fits', () => {
    const sessions = [aged('c', 1), aged('b', 2), aged('a', 3)];
    expect(ids(sessions, { maxAgeDays: null, maxBytes: 300 }, NOW)).toEqual([]);
    expect(ids(sessions, { maxAgeDays: null, maxBytes: 299 }, NOW)).toEqual(['a size']);
    expect(ids(sessions, { maxAgeDays: null, maxBytes: 100 }, NOW)).toEqual(['a size', 'b size']);
  });

  it('counts what goes by age towards the size', () => {
    const sessions = [aged('c', 1), aged('b', 2), aged('a', 30)];
    expect(ids(sessions, { maxAgeDays: 10, maxBytes: 200 }, NOW)).toEqual(['a age']);
  });

  it.each([
    ['live', { outcome: 'live' as const }],
    ['pinned', { pinned: true }],
    ['marked', { marked: true }],
    ['tagged keep', { tags: ['Keep'] }],
  ])('never takes a session that is %s, however old and large', (_name, change) => {
    const sessions = [aged('spared', 900, { diskBytes: 1000, ...change }), aged('other', 1)];
    expect(ids(sessions, { maxAgeDays: 10, maxBytes: 500 }, NOW)).toEqual(['other size']);
  });
});
