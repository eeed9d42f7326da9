import { describe, expect, it } from 'vitest';
import { describeEntry } from '../../../../src/shared/session/describe-entry.ts';
import type { JournalEntry } from '../../../../src/shared/session/entry.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';

const end = attemptEnd(1, 2500);
if (end.kind !== 'attempt-end') throw new Error('not the end of an attempt');

describe('an entry in one sentence', () => {
  it.each<[string, JournalEntry]>([
    ['Attempt 2: GET http://127.0.0.1/events', attemptStart(2)],
    ['Attempt 3: GET http://127.0.0.1/events, Last-Event-ID: 41', { ...attemptStart(3), lastEventId: '41' }],
    ['200 OK, text/event-stream', responseHead(1)],
    ['503 Service Unavailable, text/html (not read as an event stream)', responseHead(1, false)],
    [
      'Redirected (307) to http://b/',
      { kind: 'redirect', attempt: 1, status: 307, from: 'http://a/', to: 'http://b/' },
    ],
    ['Ended by the server after 2,500 bytes', end],
    ['Stopped after 2,500 bytes', { ...end, how: 'stopped' }],
    ['Stopped', { ...end, how: 'stopped', bodyBytes: 0 }],
    [
      'Failed after 1 byte: The server closed the connection.',
      {
        ...end,
        how: 'failed',
        bodyBytes: 1,
        failure: { code: 'reset', message: 'The server closed the connection.' },
      },
    ],
    [
      'Refused: The server answered 401.',
      { ...end, how: 'refused', failure: { code: 'http-status', message: 'The server answered 401.' } },
    ],
    [
      'Waiting 3 s: the server asked for it by retry',
      { kind: 'retry-scheduled', attempt: 1, delayMs: 3000, source: 'server-retry', why: '' },
    ],
    [
      'Waiting 250 ms: the shortest wait allowed',
      { kind: 'retry-scheduled', attempt: 1, delayMs: 250, source: 'floor', why: '' },
    ],
    [
      'Closed: You stopped it',
      { kind: 'connection-closed', attempt: 1, state: 'closed', why: 'You stopped it' },
    ],
    ['The disk is full.', { kind: 'capture-notice', code: 'disk', message: 'The disk is full.' }],
    [
      '1 entry (20 bytes) were dropped to stay within the memory limit',
      { kind: 'entries-dropped', count: 1, bytes: 20, firstKeptSeq: 1 },
    ],
  ])('%s', (sentence, entry) => {
    expect(describeEntry(entry)).toBe(sentence);
  });
});
