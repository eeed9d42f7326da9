import { describe, expect, it } from 'vitest';
import { adviceOn } from '../../../../../src/renderer/views/session-header/header-advice.ts';
import type { ConnectionStatus, Failure } from '../../../../../src/shared/connection/types.ts';
import { responseHead } from '../../../../support/attempt-entries.ts';
import type {
  JournalEntry,
  NumberedJournalEntry,
  ResponseHeadEntry,
} from '../../../../../src/shared/session/entry.ts';

const status = (change: Partial<ConnectionStatus>): ConnectionStatus => ({
  state: 'open',
  attempt: 1,
  lastEventId: '',
  retryMs: null,
  waiting: null,
  paused: false,
  nextLastEventId: null,
  reason: '',
  failure: null,
  sinceMs: 0,
  ...change,
});
const failure = (code: Failure['code'], message: string): Failure => ({ code, message });
const noTimings = { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null };
const journal = (...entries: readonly JournalEntry[]): readonly NumberedJournalEntry[] =>
  entries.map((entry, seq) => ({ seq, atMs: seq, entry }));

describe('what the header says below the state', () => {
  it('is nothing while all is well', () => {
    expect(adviceOn('live', status({}), [])).toBeNull();
    expect(adviceOn('live', status({ state: 'connecting' }), [])).toBeNull();
  });

  it('is what to do about a proxy that seems to hold events back', () => {
    expect(adviceOn('live', status({ inBursts: true }), [])?.text).toContain('X-Accel-Buffering: no');
    expect(adviceOn('live', status({ inBursts: true, state: 'connecting' }), [])).toBeNull();
  });

  it('is why it waits, and a way not to', () => {
    const waiting = {
      delayMs: 1000,
      dueEpochMs: 1,
      source: 'server-retry',
      why: 'The server asked.',
    } as const;
    expect(adviceOn('live', status({ state: 'waiting', waiting }), [])).toEqual({
      tone: 'warn',
      text: 'The server asked.',
      steps: ['reconnect-now', 'show-connection'],
    });
  });

  it('offers to edit the headers when the server wants to know who asks', () => {
    const failed = status({
      state: 'failed',
      reason: 'The server answered 401.',
      failure: failure('http-status', 'The server answered 401.'),
    });
    expect(adviceOn('failed', failed, [])?.steps).toEqual(['edit-headers', 'show-answer']);
  });

  it('offers to connect again after a network error', () => {
    const failed = status({
      state: 'failed',
      reason: 'Nothing listens there.',
      failure: failure('refused', 'Nothing listens there.'),
    });
    expect(adviceOn('failed', failed, [])).toMatchObject({
      tone: 'bad',
      text: 'Nothing listens there.',
      steps: ['connect', 'show-connection'],
    });
  });

  it('offers to read a wrong content type as an event stream all the same', () => {
    const refused = status({ state: 'failed', reason: 'No.', failure: failure('content-type', 'No.') });
    expect(adviceOn('failed', refused, [])?.steps[0]).toBe('read-as-sse');
    const entry = { ...(responseHead(1) as ResponseHeadEntry), framing: 'text' as const };
    const journal = [{ seq: 1, atMs: 1, entry }];
    for (const advice of [adviceOn('live', status({}), journal), adviceOn('ended', null, journal)]) {
      expect(advice).toMatchObject({ tone: 'warn', steps: ['read-as-sse'] });
    }
    expect(
      adviceOn('live', status({}), [{ seq: 1, atMs: 1, entry: { ...entry, framing: 'ndjson' } }]),
    ).toBeNull();
  });

  it('reads the cause of an earlier session from its journal', () => {
    const advice = adviceOn(
      'failed',
      null,
      journal(
        {
          kind: 'attempt-end',
          attempt: 1,
          how: 'refused',
          failure: failure('http-status', 'The server answered 404.'),
          wireBytes: 0,
          bodyBytes: 0,
          timings: noTimings,
        },
        {
          kind: 'connection-closed',
          attempt: 1,
          state: 'failed',
          why: 'The server answered 404. It is final.',
        },
      ),
    );
    expect(advice).toEqual({
      tone: 'bad',
      text: 'The server answered 404. It is final.',
      steps: ['show-answer'],
    });
  });

  it('explains an interruption even when nothing was written about it', () => {
    expect(adviceOn('interrupted', null, [])?.text).toContain('Streamscope ended');
  });

  it('does not say a second time that it was stopped', () => {
    expect(adviceOn('stopped', status({ state: 'closed', reason: 'You stopped it' }), [])).toBeNull();
    expect(adviceOn('ended', status({ state: 'closed', reason: 'The stream ended.' }), [])).toEqual({
      tone: 'plain',
      text: 'The stream ended.',
      steps: [],
    });
  });
});
