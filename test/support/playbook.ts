/**
 * Transcripts of the connection machine: "given this input at this time, it does exactly that". Effects are told in one short
 * line each, so that a test reads like the log of a connection.
 */
import { expect } from 'vitest';
import { initialState, step } from '../../src/shared/connection/machine.ts';
import {
  EMPTY_TALLY,
  type MachineEffect,
  type MachineInput,
  type MachineState,
} from '../../src/shared/connection/machine-types.ts';
import type { Jitter } from '../../src/shared/connection/retry-policy.ts';
import { type ConnectionState, type Failure, type RequestSpec } from '../../src/shared/connection/types.ts';
import type { HeaderPair, JournalEntry } from '../../src/shared/session/entry.ts';
import { BLANK_REQUEST } from '../../src/shared/connection/blank-request.ts';

export function requestSpec(changes: Partial<RequestSpec> = {}): RequestSpec {
  return {
    ...BLANK_REQUEST,
    url: 'http://h.example/events',
    ...changes,
  };
}

export interface Playbook {
  /** Gives an input at `nowMs` and expects the effects, in order, and the state that follows. */
  at(nowMs: number, input: MachineInput, effects: readonly string[], phase: ConnectionState): Playbook;
  /** What the machine holds now. */
  readonly state: MachineState;
  /** Effects of the last input, whole. */
  readonly effects: readonly MachineEffect[];
}

export function playbook(spec: Partial<RequestSpec> = {}, jitter: Jitter = () => 0): Playbook {
  let state = initialState(requestSpec(spec));
  let effects: readonly MachineEffect[] = [];
  const book: Playbook = {
    at(nowMs, input, expected, phase) {
      const result = step(state, input, nowMs, jitter);
      ({ state, effects } = result);
      expect({ effects: effects.filter(isTold).map(tell), phase: state.phase }).toEqual({
        effects: expected,
        phase,
      });
      return book;
    },
    get state() {
      return state;
    },
    get effects() {
      return effects;
    },
  };
  return book;
}

/** The watchdog is set and cleared with nearly every step; tests of it look at the effects themselves. */
function isTold(effect: MachineEffect): boolean {
  return !('timer' in effect && effect.timer === 'watchdog');
}

/** An effect in one line. */
export function tell(effect: MachineEffect): string {
  switch (effect.kind) {
    case 'record':
      return `record ${tellEntry(effect.entry)}`;
    case 'open-request': {
      const id = effect.message.headers.find(([name]) => name === 'Last-Event-ID')?.[1];
      return `open ${effect.attempt} ${effect.message.method} ${effect.message.url}${id === undefined ? '' : ` id=${id}`}`;
    }
    case 'begin-body':
      return `begin-body ${effect.attempt} ${effect.framing === 'sse' ? 'events' : (effect.framing ?? 'plain')}`;
    case 'abort':
      return 'abort';
    case 'schedule':
      return `schedule ${effect.timer} ${effect.delayMs}`;
    case 'set-last-event-id':
      return `set-id ${effect.lastEventId}`;
    case 'cancel-timer':
      return `cancel ${effect.timer}`;
  }
}

function tellEntry(entry: JournalEntry): string {
  switch (entry.kind) {
    case 'attempt-start':
      return `attempt-start ${entry.attempt}`;
    case 'redirect':
      return `redirect ${entry.attempt} ${entry.status} ${entry.to}`;
    case 'response-head':
      return `response-head ${entry.attempt} ${entry.status} ${entry.accepted ? 'accepted' : 'refused'}`;
    case 'attempt-end':
      return `attempt-end ${entry.attempt} ${entry.how}${entry.failure ? ` ${entry.failure.code}` : ''}`;
    case 'retry-scheduled':
      return `retry-scheduled ${entry.attempt} ${entry.delayMs} ${entry.source}`;
    case 'steered':
      return `steered ${entry.attempt} ${entry.by} ${entry.action}`;
    case 'connection-closed':
      return `connection-closed ${entry.attempt} ${entry.state}`;
    default:
      return entry.kind;
  }
}

export const started: MachineInput = { kind: 'started' };
export const reconnectRequested: MachineInput = { kind: 'reconnect-requested', tally: EMPTY_TALLY };
export const reconnectDue: MachineInput = { kind: 'timer-fired', timer: 'reconnect', tally: EMPTY_TALLY };
export const refusedBodyDue: MachineInput = {
  kind: 'timer-fired',
  timer: 'refused-body',
  tally: EMPTY_TALLY,
};
export const stopped: MachineInput = {
  kind: 'stop-requested',
  by: 'user',
  why: 'You stopped it',
  tally: EMPTY_TALLY,
};

/** When every head of a playbook arrives, by the wall clock: Wed, 21 Oct 2015 07:28:00 GMT. */
export const RECEIVED_EPOCH_MS = 1_445_412_480_000;

export function head(
  attempt: number,
  status = 200,
  headers: readonly HeaderPair[] = [['Content-Type', 'text/event-stream']],
): MachineInput {
  return {
    kind: 'response-head-received',
    attempt,
    receivedEpochMs: RECEIVED_EPOCH_MS,
    head: {
      status,
      statusText: '',
      headers,
      url: 'http://h.example/events',
      httpVersion: '1.1',
      remoteAddress: null,
      timings: EMPTY_TALLY.timings,
    },
  };
}

export function chunk(
  attempt: number,
  said: { events?: number; retryMs?: number; lastEventId?: string; complete?: boolean } = {},
): MachineInput {
  return {
    kind: 'chunk-received',
    attempt,
    events: said.events ?? 0,
    retryMs: said.retryMs ?? null,
    lastEventId: said.lastEventId ?? null,
    complete: said.complete ?? false,
  };
}

export function ended(attempt: number): MachineInput {
  return { kind: 'stream-ended', attempt, tally: EMPTY_TALLY };
}

export function failed(attempt: number, code: Failure['code'] = 'reset'): MachineInput {
  return {
    kind: 'request-failed',
    attempt,
    failure: { code, message: `It failed (${code}).` },
    tally: EMPTY_TALLY,
  };
}

/** The address that `requestSpec` asks for, as `tell` shows it. */
export const URL_ASKED = 'http://h.example/events';

/** A machine whose first attempt is under way. */
export function connecting(spec: Partial<RequestSpec> = {}, jitter?: Jitter): Playbook {
  const opening = ['record attempt-start 1', `open 1 ${spec.method ?? 'GET'} ${URL_ASKED}`];
  return playbook(spec, jitter).at(0, started, opening, 'connecting');
}

/** A machine whose first attempt opened. */
export function open(spec: Partial<RequestSpec> = {}, jitter?: Jitter): Playbook {
  const opened = ['record response-head 1 200 accepted', 'begin-body 1 events'];
  return connecting(spec, jitter).at(1, head(1), opened, 'open');
}

/** What follows the end of an attempt that is tried again after 3 seconds. */
export function endsAndWaits(attempt: number, how = 'end-of-stream'): string[] {
  return [
    `record attempt-end ${attempt} ${how}`,
    `record retry-scheduled ${attempt} 3000 default`,
    'schedule reconnect 3000',
  ];
}
