import { describe, expect, it } from 'vitest';
import {
  decisionText,
  sizesText,
  wordOfAttempt,
} from '../../../../../src/renderer/views/connection/attempt-words.ts';
import { attemptsOf, type AttemptRecord } from '../../../../../src/shared/session/attempts.ts';
import type { AttemptEndEntry, JournalEntry } from '../../../../../src/shared/session/entry.ts';

const timings = { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null };
const START: JournalEntry = {
  kind: 'attempt-start',
  attempt: 1,
  method: 'GET',
  url: 'http://localhost/',
  headers: [],
  body: '',
  lastEventId: '',
  why: 'You connected',
};
const HEAD: JournalEntry = {
  kind: 'response-head',
  attempt: 1,
  status: 200,
  statusText: 'OK',
  headers: [],
  url: 'http://localhost/',
  httpVersion: '1.1',
  remoteAddress: null,
  timings,
  accepted: true,
};
const end = (how: AttemptEndEntry['how'], message: string | null = null): JournalEntry => ({
  kind: 'attempt-end',
  attempt: 1,
  how,
  failure: message === null ? null : { code: 'reset', message },
  wireBytes: 0,
  bodyBytes: 0,
  timings,
});

function attempt(...entries: readonly JournalEntry[]): AttemptRecord {
  const [record] = attemptsOf([START, ...entries].map((entry, seq) => ({ seq, atMs: seq, entry })));
  if (!record) throw new Error('no attempt');
  return record;
}

describe('an attempt in words', () => {
  it.each([
    ['before the head', attempt(), true, 'Connecting'],
    ['after the head', attempt(HEAD), true, 'Open'],
    ['left without an end', attempt(HEAD), false, 'Interrupted'],
    ['ended', attempt(HEAD, end('end-of-stream')), true, 'Ended by the server'],
    ['refused', attempt(HEAD, end('refused')), false, 'Refused'],
    ['never answered', attempt(end('failed', 'x')), false, 'Failed'],
    ['broken in the middle', attempt(HEAD, end('failed', 'x')), false, 'Broken off'],
    ['stopped', attempt(HEAD, end('stopped')), false, 'Stopped'],
  ])('says where it is: %s', (_what, record, live, word) => {
    expect(wordOfAttempt(record, live).word).toBe(word);
  });

  it('gives the decision with its reason', () => {
    const waiting: JournalEntry = {
      kind: 'retry-scheduled',
      attempt: 1,
      delayMs: 1000,
      source: 'server-retry',
      why: 'Connecting again in 1 s as the server asked',
    };
    expect(decisionText(attempt(HEAD, end('end-of-stream'), waiting))).toBe(waiting.why);
  });

  it('does not repeat what the failure says', () => {
    const closed = (why: string): JournalEntry => ({
      kind: 'connection-closed',
      attempt: 1,
      state: 'failed',
      why,
    });
    const failed = end('failed', 'It broke.');
    expect(decisionText(attempt(failed, closed('It broke. A POST is not repeated')))).toBe(
      'A POST is not repeated',
    );
    expect(decisionText(attempt(failed, closed('It broke.')))).toContain('final');
    expect(decisionText(attempt(HEAD))).toBe('');
  });
});

it('tells the size on the wire where the body was compressed', () => {
  expect(sizesText({ wireBytes: 500, bodyBytes: 500 })).toBe('500 B of body');
  expect(sizesText({ wireBytes: 500, bodyBytes: 900 })).toBe('900 B of body from 500 B on the wire');
});
