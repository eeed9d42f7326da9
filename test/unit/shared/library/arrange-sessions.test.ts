import { describe, expect, it } from 'vitest';
import {
  arrangeSessions,
  matchesSession,
  tagsInUse,
  type Arrangement,
} from '../../../../src/shared/library/arrange-sessions.ts';
import { sessionSummary } from '../../../support/session-summary.ts';

const sessions = [
  sessionSummary('c', { name: 'Checkout 10', startedAt: 300, diskBytes: 5, tags: ['slow', 'Keep'] }),
  sessionSummary('b', {
    name: 'checkout 9',
    startedAt: 200,
    diskBytes: 50,
    outcome: 'failed',
    tags: ['slow'],
  }),
  sessionSummary('a', { name: 'Heartbeat', startedAt: 100, diskBytes: 1, notes: 'lost an id', pinned: true }),
];
const words = {
  day: ({ startedAt }: { startedAt: number }) => (startedAt >= 200 ? 'Today' : 'Yesterday'),
  endpoint: ({ url }: { url: string }) => url,
  outcome: ({ outcome }: { outcome: string }) => outcome,
};
const show = (change: Partial<Arrangement>) =>
  arrangeSessions(
    sessions,
    { query: '', sort: 'started', descending: true, group: 'none', ...change },
    words,
  ).map((row) => (row.kind === 'group' ? `${row.title} ${row.count} ${row.bytes}` : row.session.id));

describe('the library', () => {
  it.each([
    [{ sort: 'started', descending: true }, ['c', 'b', 'a']],
    [{ sort: 'size', descending: true }, ['b', 'c', 'a']],
    [{ sort: 'name', descending: false }, ['b', 'c', 'a']],
    [{ sort: 'events' }, ['c', 'b', 'a']],
  ] as const)('is sorted by %j', (change, ids) => {
    expect(show(change)).toEqual(ids);
  });

  it('stands under days, in the order of the sessions, with counts and sizes', () => {
    expect(show({ group: 'day' })).toEqual(['Today 2 55', 'c', 'b', 'Yesterday 1 1', 'a']);
  });

  it('stands under each of its tags, and what has none at the end', () => {
    expect(show({ group: 'tag' })).toEqual([
      'Keep 1 5',
      'c',
      'slow 2 55',
      'c',
      'b',
      'Without a tag 1 1',
      'a',
    ]);
  });

  it('stands under outcomes and origins', () => {
    expect(show({ group: 'outcome' })).toEqual(['ended 2 6', 'c', 'a', 'failed 1 50', 'b']);
    expect(show({ group: 'origin' })[0]).toBe('Recorded here 3 56');
  });

  it.each([
    ['', ['c', 'b', 'a']],
    ['CHECKOUT', ['c', 'b']],
    ['checkout 9', ['b']],
    ['lost', ['a']],
    ['tag:sl', ['c', 'b']],
    ['outcome:fail', ['b']],
    ['is:pinned', ['a']],
    ['tag:slow nothing', []],
  ])('is searched for %j', (query, ids) => {
    expect(show({ query })).toEqual(ids);
  });

  it('finds words in the address too', () => {
    expect(matchesSession(sessionSummary('x', { url: 'https://api.example/v1' }), 'api.example')).toBe(true);
  });

  it('knows the tags in use, the most used first', () => {
    expect(tagsInUse(sessions)).toEqual(['slow', 'Keep']);
  });
});
