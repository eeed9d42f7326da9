import { describe, expect, it } from 'vitest';
import { EMPTY_TALLY, type MachineInput } from '../../../../src/shared/connection/machine-types.ts';
import type { ReconnectPolicy } from '../../../../src/shared/connection/types.ts';
import { judgeTimes } from '../../../../src/shared/connection/watchdog.ts';
import { connecting, ended, endsAndWaits, open, type Playbook } from '../../../support/playbook.ts';

const policy = (change: Omit<ReconnectPolicy, 'preset'>) => ({
  reconnect: { preset: 'auto', connectTimeoutMs: 0, ...change } as const,
});
const judge = (book: Playbook, nowMs: number, quietMs = 0, connected?: boolean) => {
  const tally = connected === undefined ? EMPTY_TALLY : { ...EMPTY_TALLY, connected };
  return judgeTimes(book.state, { lastByteMs: nowMs - quietMs, tally }, nowMs);
};
const fired = (lastByteMs: number): MachineInput => ({
  kind: 'watchdog-fired',
  lastByteMs,
  tally: EMPTY_TALLY,
});

describe('the time to connect', () => {
  const book = connecting(policy({ connectTimeoutMs: 5000 }));

  it('ends the attempt when the server has not been reached', () => {
    expect(judge(book, 4000, 0, false)).toEqual({ kind: 'wait', delayMs: 1000 });
    expect(judge(book, 5000, 0, false)).toMatchObject({
      kind: 'attempt-overdue',
      failure: {
        code: 'timeout',
        message: 'Not connected within 5 s. Check the address, and firewalls on the way.',
      },
    });
  });

  it('no longer counts when it has, or when nobody knows', () => {
    expect(judge(book, 60_000, 0, true)).toEqual({ kind: 'wait', delayMs: null });
    expect(judge(book, 60_000)).toEqual({ kind: 'wait', delayMs: null });
  });

  it('begins anew with each redirect', () => {
    const redirected = connecting(policy({ connectTimeoutMs: 5000 })).at(
      4000,
      { kind: 'redirect-followed', attempt: 1, status: 302, from: 'a', to: 'http://b/' },
      ['record redirect 1 302 http://b/'],
      'connecting',
    );
    expect(judge(redirected, 6000, 0, false)).toEqual({ kind: 'wait', delayMs: 3000 });
  });
});

it('the time to answer ends an attempt without a response head, connected or not', () => {
  const book = connecting(policy({ headTimeoutMs: 8000 }));
  expect(judge(book, 7999, 0, true)).toEqual({ kind: 'wait', delayMs: 1 });
  expect(judge(book, 8000, 0, true)).toMatchObject({ kind: 'attempt-overdue', failure: { code: 'timeout' } });
  expect(judge(open(policy({ headTimeoutMs: 8000 })), 9000)).toEqual({ kind: 'wait', delayMs: null });
});

describe('silence', () => {
  it('half-open: stalls the stream when not a byte came, and the policy reconnects', () => {
    const book = open(policy({ stallTimeoutMs: 30_000 })).at(
      40_000,
      fired(10_000),
      [
        'abort',
        'record attempt-end 1 failed stalled',
        'record retry-scheduled 1 3000 default',
        'schedule reconnect 3000',
      ],
      'waiting',
    );
    expect(book.state.failure?.message).toBe('Stalled: nothing for 30 s, not even a comment.');
  });

  it('keepalive-only-stream: is not silence, the watch goes on from the last byte', () => {
    const book = open(policy({ stallTimeoutMs: 30_000 })).at(40_000, fired(28_000), [], 'open');
    expect(book.effects).toEqual([{ kind: 'schedule', timer: 'watchdog', delayMs: 18_000 }]);
  });

  it('undici-300s: of any length is nothing unless a limit was set', () => {
    expect(judge(open(), 86_400_000, 86_400_000)).toEqual({ kind: 'wait', delayMs: null });
  });
});

it('the time in all ends the connection as a limit does, in a wait as well', () => {
  const book = open(policy({ totalTimeMs: 60_000 })).at(2, ended(1), endsAndWaits(1), 'waiting');
  expect(judge(book, 50_000)).toEqual({ kind: 'wait', delayMs: 10_000 });
  book.at(60_000, fired(0), ['cancel reconnect', 'record connection-closed 1 closed'], 'closed');
  expect(book.state).toMatchObject({ outcome: 'ended', reason: 'The total time of 60 s is over' });
});

it('nothing is watched before the start and after the end', () => {
  const book = open(policy({ totalTimeMs: 10 })).at(
    20,
    fired(0),
    ['abort', 'record attempt-end 1 stopped', 'record connection-closed 1 closed'],
    'closed',
  );
  expect(judge(book, 1e9)).toEqual({ kind: 'wait', delayMs: null });
  expect(book.effects).toContainEqual({ kind: 'cancel-timer', timer: 'watchdog' });
});

it('an attempt sets the watch, and its answer sets it anew', () => {
  const book = connecting(policy({ connectTimeoutMs: 5000, stallTimeoutMs: 9000 }));
  expect(book.effects).toContainEqual({ kind: 'schedule', timer: 'watchdog', delayMs: 5000 });
  const answered = open(policy({ connectTimeoutMs: 5000, stallTimeoutMs: 9000 }));
  expect(answered.effects).toContainEqual({ kind: 'schedule', timer: 'watchdog', delayMs: 9000 });
});
