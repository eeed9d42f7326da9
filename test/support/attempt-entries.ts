/** Journal entries of an ordinary attempt, for tests. Imports nothing that only runs in a test. */
import type { AttemptStartEntry, JournalEntry } from '../../src/shared/session/entry.ts';

export function attemptStart(attempt: number): AttemptStartEntry {
  return {
    kind: 'attempt-start',
    attempt,
    method: 'GET',
    url: 'http://127.0.0.1/events',
    headers: [['accept', 'text/event-stream']],
    body: '',
    lastEventId: '',
    why: 'You connected',
  };
}

const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null };

export function responseHead(attempt: number, accepted = true): JournalEntry {
  return {
    kind: 'response-head',
    attempt,
    status: accepted ? 200 : 503,
    statusText: accepted ? 'OK' : 'Service Unavailable',
    headers: [['content-type', accepted ? 'text/event-stream' : 'text/html']],
    url: 'http://127.0.0.1/events',
    httpVersion: '1.1',
    remoteAddress: '127.0.0.1:80',
    timings: NO_TIMINGS,
    accepted,
  };
}

export function attemptEnd(attempt: number, bodyBytes = 0): JournalEntry {
  const how = 'end-of-stream';
  return {
    kind: 'attempt-end',
    attempt,
    how,
    failure: null,
    wireBytes: bodyBytes,
    bodyBytes,
    timings: NO_TIMINGS,
  };
}
