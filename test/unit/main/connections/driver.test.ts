import { beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionDriver } from '../../../../src/main/connections/connection-driver.ts';
import { createDriver } from '../../../../src/main/connections/driver.ts';
import type { HttpListener, HttpPort } from '../../../../src/main/connections/http-port.ts';
import { EMPTY_TALLY } from '../../../../src/shared/connection/machine-types.ts';
import type { ConnectionStatus, RequestSpec } from '../../../../src/shared/connection/types.ts';
import type { Recorder } from '../../../../src/shared/session/recorder.ts';
import type { ParsedFrame } from '../../../../src/shared/sse/types.ts';
import { requestSpec } from '../../../support/playbook.ts';

/** What happened, in order, in a word each. */
let happened: string[];
let statuses: ConnectionStatus[];
let listeners: HttpListener[];
let timers: { callback: () => void; delayMs: number }[];
let nowMs: number;
let recorder: { -readonly [K in keyof Recorder]: Recorder[K] };
let watchFrame: (frame: Readonly<ParsedFrame>) => void;
let driver: ConnectionDriver;
let onStatus: (status: ConnectionStatus) => void;

const BYTES = Buffer.from('data: a\n\n');

const http: HttpPort = {
  open(message, listener) {
    happened.push(`open ${message.method}`);
    listeners.push(listener);
    return {
      pause: () => void happened.push('pause'),
      resume: () => void happened.push('resume'),
      abort: () => void happened.push('abort'),
      tally: () => EMPTY_TALLY,
    };
  },
};

function begin(): HttpListener {
  driver.start();
  return respond(0);
}

function respond(attempt: number): HttpListener {
  const listener = listeners[attempt] as HttpListener;
  listener.headReceived({
    status: 200,
    statusText: 'OK',
    headers: [['content-type', 'text/event-stream']],
    url: 'http://h.example/',
    httpVersion: '1.1',
    remoteAddress: null,
    timings: EMPTY_TALLY.timings,
  });
  return listener;
}

/** The oldest timer is due. */
function fireTimer(): void {
  timers.shift()?.callback();
}

beforeEach(() => {
  happened = [];
  statuses = [];
  listeners = [];
  timers = [];
  nowMs = 1000;
  onStatus = () => {};
  recorder = {
    lastEventId: '',
    beginBody: (attempt, asEvents) => void happened.push(`begin ${attempt} ${asEvents}`),
    read: (_bytes, atMs) => {
      happened.push(`read at ${atMs}`);
      return { events: 1, retryMs: null, longEvent: false };
    },
    endBody: () => {
      happened.push('end');
      return { events: 0, retryMs: null, longEvent: false };
    },
    entry: (entry, atMs) => void happened.push(`${entry.kind} at ${atMs}`),
    drained: () => Promise.resolve(),
    takeUpFrom: (lastEventId) => void (recorder.lastEventId = lastEventId),
    watchFrames: (watcher) => void (watchFrame = watcher),
  };
  driver = create(requestSpec());
});

function create(request: RequestSpec): ConnectionDriver {
  return createDriver({
    request,
    recorder,
    http,
    clock: { nowMs: () => nowMs, epochMs: () => 5_000_000 + nowMs },
    jitter: () => 0,
    schedule(callback, delayMs) {
      const timer = { callback, delayMs };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    onStatus(status) {
      statuses.push(status);
      onStatus(status);
    },
    onEnded: (outcome) => void happened.push(`ended ${outcome}`),
  });
}

it('records on a clock that begins with the session, with the arrival that the port saw', () => {
  nowMs = 1010;
  const listener = begin();
  listener.bytesReceived(BYTES, 1015.5);
  nowMs = 1020;
  listener.ended();
  expect(happened).toEqual([
    'attempt-start at 10',
    'open GET',
    'response-head at 10',
    'begin 1 sse',
    'read at 15.5',
    'end',
    'attempt-end at 20',
    'retry-scheduled at 20',
  ]);
  expect(statuses.at(-1)?.waiting).toMatchObject({ delayMs: 3000, dueEpochMs: 5_000_000 + 1020 + 3000 });
});

it('opens one attempt for one end, whatever else the old one says', () => {
  const listener = begin();
  listener.ended();
  listener.failed({ code: 'reset', message: '' });
  listener.bytesReceived(BYTES, 1000);
  expect(timers).toHaveLength(1);
  fireTimer();
  respond(1);
  happened = [];
  listener.bytesReceived(BYTES, 1000);
  listener.ended();
  expect(listeners).toHaveLength(2);
  expect(driver.status()).toMatchObject({ state: 'open', attempt: 2 });
});

it('takes nothing after a stop, and ends once', () => {
  const listener = begin();
  driver.stop('user', 'Enough');
  happened = [];
  listener.bytesReceived(BYTES, 1000);
  listener.ended();
  driver.stop('user', 'Again');
  driver.reconnectNow();
  driver.storageFailed(new Error('late'));
  expect(happened).toEqual([]);
  expect(timers).toEqual([]);
});

it('may be stopped from within a status', () => {
  onStatus = (status) => {
    if (status.state === 'open') driver.stop('limit', 'Seen enough');
  };
  begin();
  expect(statuses.map((status) => status.state)).toEqual(['connecting', 'open', 'closed']);
  expect(happened.slice(-4)).toEqual(['abort', 'attempt-end at 0', 'connection-closed at 0', 'ended ended']);
});

describe('a last event ID that changes with each event', () => {
  it('is told now and then, and at once with any other change', () => {
    const listener = begin();
    const before = statuses.length;
    for (const id of ['1', '2', '3']) {
      recorder.lastEventId = id;
      listener.bytesReceived(BYTES, 1000);
    }
    expect(statuses).toHaveLength(before);
    expect(driver.status().lastEventId).toBe('3');
    expect(timers.map((timer) => timer.delayMs)).toEqual([250]);
    fireTimer();
    expect(statuses.at(-1)?.lastEventId).toBe('3');
    recorder.lastEventId = '4';
    listener.ended();
    expect(statuses.at(-1)).toMatchObject({ state: 'waiting', lastEventId: '4' });
    expect(timers.map((timer) => timer.delayMs)).toEqual([3000]);
  });

  it('is what the next attempt sends', () => {
    const listener = begin();
    recorder.lastEventId = '7';
    listener.bytesReceived(BYTES, 1000);
    driver.reconnectNow();
    respond(1);
    expect(driver.status()).toMatchObject({ attempt: 2, lastEventId: '7' });
  });
});

it('starts the delay over when an event comes after attempts without one', () => {
  recorder.read = () => ({ events: 0, retryMs: null, longEvent: false });
  begin().ended();
  fireTimer();
  respond(1).ended();
  expect(timers.map((timer) => timer.delayMs)).toEqual([6000]);
  fireTimer();
  recorder.read = () => ({ events: 1, retryMs: 40, longEvent: false });
  const third = respond(2);
  third.bytesReceived(BYTES, 1000);
  third.ended();
  expect(timers.map((timer) => timer.delayMs)).toEqual([250]);
  expect(statuses.at(-1)).toMatchObject({ retryMs: 40, waiting: { source: 'floor' } });
});

it.each([() => listeners[0]?.ended(), () => driver.steer({ kind: 'drop' })])(
  'takes a retry that only the end of the body brings (%#)',
  (end) => {
    recorder.endBody = () => ({ events: 0, retryMs: 700, longEvent: false });
    begin();
    end();
    expect(timers.map((timer) => timer.delayMs)).toEqual([700]);
  },
);

describe('the log', () => {
  it('that has not caught up pauses the socket, and resumes it when it has', async () => {
    let release: () => void = () => {};
    recorder.drained = () => new Promise((resolve) => (release = resolve));
    const listener = begin();
    happened = [];
    for (const atMs of [1001, 1002, 1003, 1004]) listener.bytesReceived(Buffer.alloc(100 * 1024), atMs);
    expect(happened).toEqual(['read at 1', 'read at 2', 'read at 3', 'pause', 'read at 4']);
    release();
    await Promise.resolve();
    expect(happened.at(-1)).toBe('resume');
  });

  it('that throws at the very first entry ends the connection as failed', () => {
    recorder.entry = () => {
      throw new Error('ENOSPC');
    };
    driver.start();
    expect(happened).toEqual(['open GET', 'abort', 'ended failed']);
    expect(statuses.at(-1)).toMatchObject({ state: 'failed', failure: { code: 'disk' } });
  });
});

it('tells the machine of an answer that is complete, and of what its ids say', () => {
  begin();
  const event = {
    offset: 0,
    length: 9,
    kind: 'event',
    flags: 0,
    eventType: 'message',
    retryMs: null,
  } as const;
  for (const id of ['1', '2']) watchFrame({ ...event, data: 'a', id, comments: [] });
  (listeners[0] as HttpListener).ended();
  fireTimer();
  const second = respond(1);
  happened = [];
  recorder.read = () => {
    watchFrame({ ...event, data: '[DONE]', id: '5', comments: [] });
    return { events: 1, retryMs: null, longEvent: false };
  };
  second.bytesReceived(BYTES, 1000);
  expect(happened).toEqual(['resume-report at 0']);
});

describe('the watch over silence', () => {
  const quiet = { reconnect: { preset: 'auto', connectTimeoutMs: 0, stallTimeoutMs: 100 } } as const;

  it('counts from the last byte, and lets the policy act when there was none', () => {
    driver = create(requestSpec(quiet));
    const listener = begin();
    expect(timers.map((timer) => timer.delayMs)).toEqual([100]);
    nowMs = 1060;
    listener.bytesReceived(BYTES, 1060);
    nowMs = 1100;
    fireTimer();
    expect(timers.map((timer) => timer.delayMs)).toEqual([60]);
    [nowMs, happened] = [1160, []];
    fireTimer();
    expect(happened).toEqual(['end', 'abort', 'attempt-end at 160', 'retry-scheduled at 160']);
    expect(statuses.at(-1)).toMatchObject({ state: 'waiting', failure: { code: 'stalled' } });
  });

  it('does not count while the log holds the stream up', () => {
    recorder.drained = () => new Promise(() => {});
    driver = create(requestSpec(quiet));
    begin().bytesReceived(Buffer.alloc(300 * 1024), 1000);
    expect(happened).toContain('pause');
    nowMs = 9000;
    fireTimer();
    expect(driver.status().state).toBe('open');
  });
});

it('takes up from the ID that the user chose', () => {
  const listener = begin();
  recorder.lastEventId = '7';
  listener.bytesReceived(BYTES, 1000);
  driver.steer({ kind: 'set-last-event-id', lastEventId: '3' });
  expect(driver.status()).toMatchObject({ lastEventId: '7', nextLastEventId: '3' });
  driver.reconnectNow();
  expect(driver.status()).toMatchObject({ lastEventId: '3', nextLastEventId: null });
});
