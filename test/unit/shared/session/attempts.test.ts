import { describe, expect, it } from 'vitest';
import { attemptsOf } from '../../../../src/shared/session/attempts.ts';
import type { JournalEntry, NumberedJournalEntry } from '../../../../src/shared/session/entry.ts';

const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null };

const start = (attempt: number): JournalEntry => ({
  kind: 'attempt-start',
  attempt,
  method: 'GET',
  url: 'http://127.0.0.1/events',
  headers: [],
  body: '',
  lastEventId: '',
  why: 'You connected',
});
const redirect = (attempt: number, to: string): JournalEntry => ({
  kind: 'redirect',
  attempt,
  status: 302,
  from: 'http://127.0.0.1/events',
  to,
});
const head = (attempt: number): JournalEntry => ({
  kind: 'response-head',
  attempt,
  status: 200,
  statusText: 'OK',
  headers: [],
  url: 'http://127.0.0.1/events',
  httpVersion: '1.1',
  remoteAddress: null,
  timings: NO_TIMINGS,
  accepted: true,
});
const end = (attempt: number): JournalEntry => ({
  kind: 'attempt-end',
  attempt,
  how: 'end-of-stream',
  failure: null,
  wireBytes: 10,
  bodyBytes: 10,
  timings: NO_TIMINGS,
});
const retry = (attempt: number): JournalEntry => ({
  kind: 'retry-scheduled',
  attempt,
  delayMs: 3000,
  source: 'default',
  why: 'The stream ended',
});
const closed = (attempt: number): JournalEntry => ({
  kind: 'connection-closed',
  attempt,
  state: 'closed',
  why: 'You stopped',
});

/** Numbers entries as a log does: every tenth, since frames lie between them. */
const numbered = (...entries: JournalEntry[]): NumberedJournalEntry[] =>
  entries.map((entry, index) => ({ seq: index * 10, atMs: index * 100, entry }));

describe('the journal as attempts', () => {
  it('gathers what belongs to one attempt, with its place in the log', () => {
    const journal = numbered(start(1), redirect(1, '/a'), redirect(1, '/b'), head(1), end(1), retry(1));
    const [attempt, ...others] = attemptsOf(journal);
    expect(others).toEqual([]);
    expect(attempt).toMatchObject({ attempt: 1, start: { seq: 0, atMs: 0 }, head: { seq: 30, atMs: 300 } });
    expect(attempt?.redirects.map(({ entry }) => entry.to)).toEqual(['/a', '/b']);
    expect(attempt?.end?.entry.how).toBe('end-of-stream');
    expect(attempt?.decision?.entry.kind).toBe('retry-scheduled');
  });

  it('begins a new attempt at each start, and leaves open what has not happened', () => {
    const attempts = attemptsOf(numbered(start(1), end(1), retry(1), start(2), head(2)));
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(attempts[0]).toMatchObject({ head: null, decision: { seq: 20 } });
    expect(attempts[1]).toMatchObject({ head: { seq: 40 }, end: null, decision: null });
  });

  it('takes the closing of the connection for the decision about the last attempt', () => {
    const attempts = attemptsOf(numbered(start(1), retry(1), closed(1)));
    expect(attempts[0]?.decision?.entry).toEqual(closed(1));
  });

  it('passes over entries whose attempt began before the log, and notices of the capture', () => {
    const notice: JournalEntry = {
      kind: 'capture-notice',
      code: 'repaired',
      message: 'A torn tail was cut.',
    };
    expect(attemptsOf(numbered(end(1), retry(1)))).toEqual([]);
    expect(attemptsOf(numbered(start(2), notice))[0]).toMatchObject({
      attempt: 2,
      end: null,
      decision: null,
    });
  });
});
