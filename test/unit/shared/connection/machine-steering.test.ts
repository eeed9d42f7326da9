import { describe, expect, it } from 'vitest';
import { EMPTY_TALLY, type MachineInput } from '../../../../src/shared/connection/machine-types.ts';
import type { SteerAction, SystemChange } from '../../../../src/shared/connection/types.ts';
import {
  chunk,
  connecting,
  ended,
  endsAndWaits,
  failed,
  open,
  reconnectDue,
  reconnectRequested,
  stopped,
  URL_ASKED,
} from '../../../support/playbook.ts';

const steer = (action: SteerAction): MachineInput => ({ kind: 'steered', action, tally: EMPTY_TALLY });
const changed = (change: SystemChange): MachineInput => ({
  kind: 'system-changed',
  change,
  tally: EMPTY_TALLY,
});
const watchdog = (lastByteMs: number): MachineInput => ({
  kind: 'watchdog-fired',
  lastByteMs,
  tally: EMPTY_TALLY,
});
const drop = steer({ kind: 'drop' });
const pause = steer({ kind: 'pause' });
const resume = steer({ kind: 'resume' });

const DROPPED = [
  'record steered 1 user drop',
  'abort',
  'record attempt-end 1 failed dropped',
  'record retry-scheduled 1 3000 default',
  'schedule reconnect 3000',
];
const again = (attempt: number, id = '') => [
  `record attempt-start ${attempt}`,
  `open ${attempt} GET ${URL_ASKED}${id}`,
];

describe('dropping the connection', () => {
  it('closes the socket as a lost network would, and the policy resumes with the last id', () => {
    const book = open()
      .at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open')
      .at(2, drop, DROPPED, 'waiting')
      .at(3002, reconnectDue, again(2, ' id=7'), 'connecting');
    expect(book.state.failure?.message).toBe('You dropped the connection, as a lost network would.');
  });

  it('ends an answer that is not asked for again', () => {
    open({ method: 'POST' }).at(
      2,
      drop,
      [
        'record steered 1 user drop',
        'abort',
        'record attempt-end 1 failed dropped',
        'record connection-closed 1 failed',
      ],
      'failed',
    );
  });

  it('is nothing where no attempt is under way', () => {
    open()
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(3, drop, [], 'waiting')
      .at(4, stopped, ['cancel reconnect', 'record connection-closed 1 closed'], 'closed')
      .at(5, drop, [], 'closed');
  });
});

describe('a pause', () => {
  it('stops the timer of a wait; what is left of the wait goes on afterwards', () => {
    open()
      .at(0, ended(1), endsAndWaits(1), 'waiting')
      .at(1000, pause, ['record steered 1 user pause', 'cancel reconnect'], 'waiting')
      .at(1500, pause, [], 'waiting')
      .at(2000, resume, ['record steered 1 user resume', 'schedule reconnect 1000'], 'waiting')
      .at(3000, reconnectDue, again(2), 'connecting');
  });

  it('that lasts longer than the wait connects when it ends', () => {
    open()
      .at(0, ended(1), endsAndWaits(1), 'waiting')
      .at(1000, pause, ['record steered 1 user pause', 'cancel reconnect'], 'waiting')
      .at(9000, resume, ['record steered 1 user resume', ...again(2)], 'connecting');
  });

  it('of an open stream holds it back when it ends, and one attempt can be asked for by hand', () => {
    const book = open()
      .at(1, pause, ['record steered 1 user pause'], 'open')
      .at(
        2,
        ended(1),
        ['record attempt-end 1 end-of-stream', 'record retry-scheduled 1 3000 default'],
        'waiting',
      )
      .at(9000, reconnectDue, [], 'waiting');
    expect(book.state.waiting?.why).toBe('The stream ended. Reconnecting is paused');
    book
      .at(9001, reconnectRequested, ['cancel reconnect', ...again(2)], 'connecting')
      .at(
        9002,
        failed(2),
        ['record attempt-end 2 failed reset', 'record retry-scheduled 2 6000 backoff'],
        'waiting',
      );
  });
});

describe('the Last-Event-ID of the next attempt', () => {
  const set = (lastEventId: string | null) => steer({ kind: 'set-last-event-id', lastEventId });

  it('chosen by hand is sent once, whatever ids came in between', () => {
    const book = open()
      .at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open')
      .at(2, set('3'), ['record steered 1 user set-last-event-id'], 'open')
      .at(3, chunk(1, { events: 1, lastEventId: '8' }), [], 'open')
      .at(
        4,
        reconnectRequested,
        ['abort', 'record attempt-end 1 stopped', 'set-id 3', ...again(2, ' id=3')],
        'connecting',
      );
    expect(book.state).toMatchObject({ lastEventId: '3', nextLastEventId: null });
  });

  it('id-reset: chosen to be none, no header is sent', () => {
    open()
      .at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open')
      .at(2, set(''), ['record steered 1 user set-last-event-id'], 'open')
      .at(
        4,
        reconnectRequested,
        ['abort', 'record attempt-end 1 stopped', 'set-id ', ...again(2)],
        'connecting',
      );
  });

  it('can be given back to the stream', () => {
    open()
      .at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open')
      .at(2, set('3'), ['record steered 1 user set-last-event-id'], 'open')
      .at(2, set('3'), [], 'open')
      .at(3, set(null), ['record steered 1 user set-last-event-id'], 'open')
      .at(
        4,
        reconnectRequested,
        ['abort', 'record attempt-end 1 stopped', ...again(2, ' id=7')],
        'connecting',
      );
  });
});

it('skipping the wait is told from asking for another connection', () => {
  const book = open().at(0, ended(1), endsAndWaits(1), 'waiting');
  book.at(1, reconnectRequested, ['cancel reconnect', ...again(2)], 'connecting');
  expect(book.state.reason).toBe('You skipped the wait');
  book.at(2, reconnectRequested, ['abort', 'record attempt-end 2 stopped', ...again(3)], 'connecting');
  expect(book.state.reason).toBe('You asked to connect again');
});

describe('sleep/wake: what becomes of a connection', () => {
  it.each(['woke', 'online'] as const)(
    'that waits, when the system says %s: another attempt at once',
    (change) => {
      const book = open()
        .at(0, ended(1), endsAndWaits(1), 'waiting')
        .at(
          1,
          changed(change),
          ['record steered 1 system probe', 'cancel reconnect', ...again(2)],
          'connecting',
        );
      expect(book.state.fruitless).toBe(0);
    },
  );

  it('that waits, when the network goes: nothing, it waits on', () => {
    open().at(0, ended(1), endsAndWaits(1), 'waiting').at(1, changed('offline'), [], 'waiting');
  });

  it('that waits and is paused: nothing', () => {
    open()
      .at(0, ended(1), endsAndWaits(1), 'waiting')
      .at(1, pause, ['record steered 1 user pause', 'cancel reconnect'], 'waiting')
      .at(2, changed('woke'), [], 'waiting');
  });

  it('that is open and brings nothing afterwards: stalled', () => {
    const book = open()
      .at(100, changed('woke'), ['record steered 1 system probe'], 'open')
      .at(
        10_100,
        watchdog(50),
        [
          'abort',
          'record attempt-end 1 failed stalled',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      );
    expect(book.state.failure?.message).toBe('Stalled: nothing for 10 s after the machine woke up.');
  });

  it('that is open and brings a byte afterwards: it lives', () => {
    open()
      .at(100, changed('woke'), ['record steered 1 system probe'], 'open')
      .at(10_100, watchdog(7100), [], 'open');
  });

  it('that is connecting and gets no answer afterwards: stalled', () => {
    connecting()
      .at(100, changed('online'), ['record steered 1 system probe'], 'connecting')
      .at(
        10_100,
        watchdog(0),
        [
          'abort',
          'record attempt-end 1 failed stalled',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
        ],
        'waiting',
      );
  });

  it('that is to be made anew: it is, at once and with its last id', () => {
    open({ reconnect: { preset: 'auto', afterWake: 'reconnect' } })
      .at(1, chunk(1, { events: 1, lastEventId: '7' }), [], 'open')
      .at(
        2,
        changed('woke'),
        [
          'record steered 1 system probe',
          'abort',
          'record attempt-end 1 failed dropped',
          'record retry-scheduled 1 3000 default',
          'schedule reconnect 3000',
          'cancel reconnect',
          ...again(2, ' id=7'),
        ],
        'connecting',
      );
  });

  it('by the rules of a browser alone: nothing', () => {
    open({ reconnect: { preset: 'browser' } })
      .at(1, changed('woke'), [], 'open')
      .at(2, ended(1), endsAndWaits(1), 'waiting')
      .at(3, changed('online'), [], 'waiting');
  });
});
