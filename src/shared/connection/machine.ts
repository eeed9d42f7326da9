/**
 * One connection as a pure state machine: inputs and a clock reading go in, the next state and the effects to perform come out.
 * It owns every decision about a connection (what opens, what is final, when to connect again, what is sent as Last-Event-ID)
 * and what is recorded about it. It never waits, reads a clock or touches a socket (WHATWG HTML 9.2.3).
 */
import { assertNever } from '../base/assert.ts';
import type { MonotonicMs } from '../base/clock.ts';
import {
  attemptEnd,
  endStream,
  failStorage,
  finish,
  isOver,
  leave,
  record,
  stop,
  sufficeRefused,
} from './machine-endings.ts';
import {
  EMPTY_TALLY,
  type AttemptTally,
  type MachineEffect,
  type MachineInput,
  type MachineState,
  type MachineStep,
  type ReceivedHead,
} from './machine-types.ts';
import { longEventFailure } from './limits.ts';
import { describeBody } from './request-body.ts';
import { composeRequest } from './request-message.ts';
import { readBodyAs } from './body-rules.ts';
import type { Jitter } from './retry-policy.ts';
import type { RequestSpec } from './types.ts';

/** A refused answer that keeps coming is read this long, so that its beginning can be looked at. */
export const REFUSED_BODY_MS = 2000;

export function initialState(request: RequestSpec): MachineState {
  return {
    phase: 'idle',
    request,
    method: request.method,
    attempt: 0,
    lastEventId: request.lastEventId,
    retryMs: null,
    fruitless: 0,
    framing: null,
    refusal: null,
    waiting: null,
    reason: '',
    failure: null,
    sinceMs: 0,
    outcome: null,
  };
}

/** Takes one input. Inputs that do not fit the state (late, repeated, of another attempt) change nothing. */
export function step(
  state: MachineState,
  input: MachineInput,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  switch (input.kind) {
    case 'started':
      return state.phase === 'idle' ? openAttempt(state, 'You connected', nowMs) : unchanged(state);
    case 'redirect-followed': {
      if (!isLive(state, input.attempt)) return unchanged(state);
      const { attempt, status, from, to } = input;
      return { state, effects: [record({ kind: 'redirect', attempt, status, from, to })] };
    }
    case 'response-head-received':
      return isLive(state, input.attempt) ? receiveHead(state, input.head, nowMs) : unchanged(state);
    case 'chunk-received':
      return isLive(state, input.attempt) ? receiveChunk(state, input) : unchanged(state);
    case 'stream-ended':
      return isLive(state, input.attempt)
        ? endStream(state, null, input.tally, nowMs, jitter)
        : unchanged(state);
    case 'request-failed':
      return isLive(state, input.attempt)
        ? endStream(state, input.failure, input.tally, nowMs, jitter)
        : unchanged(state);
    case 'long-event-received':
      return isLive(state, input.attempt)
        ? receiveLongEvent(state, input.tally, nowMs, jitter)
        : unchanged(state);
    case 'refused-body-sufficed':
      return isLive(state, input.attempt) ? sufficeRefused(state, input.tally) : unchanged(state);
    case 'timer-fired':
      if (input.timer === 'refused-body') return sufficeRefused(state, input.tally);
      return state.phase === 'waiting' ? openAttempt(state, whyAgain(state), nowMs) : unchanged(state);
    case 'stop-requested':
      return stop(state, input.by, input.why, input.tally);
    case 'reconnect-requested':
      return reconnect(state, input.tally, nowMs);
    case 'request-updated':
      return update(state, input.request);
    case 'storage-failed':
      return failStorage(state, input.message, input.tally);
    default:
      return assertNever(input, 'machine input');
  }
}

/** Whether an attempt is under way, and it is this one. */
function isLive(state: MachineState, attempt: number): boolean {
  return attempt === state.attempt && (state.phase === 'connecting' || state.phase === 'open');
}

function openAttempt(state: MachineState, why: string, nowMs: MonotonicMs): MachineStep {
  const attempt = state.attempt + 1;
  const { message, lastEventId, note, failure } = composeRequest(state.request, state.lastEventId);
  const next: MachineState = {
    ...state,
    phase: 'connecting',
    method: message.method,
    attempt,
    framing: null,
    refusal: null,
    waiting: null,
    reason: why,
    sinceMs: nowMs,
  };
  const start = record({
    kind: 'attempt-start',
    attempt,
    method: message.method,
    url: message.url,
    headers: message.headers,
    body: describeBody(message.body),
    lastEventId,
    ...(state.lastEventId === '' || state.lastEventId === lastEventId ? {} : { heldId: state.lastEventId }),
    why: note === '' ? why : `${why}. ${note}`,
    ...(isUnverified(state.request, message.url) ? { unverified: true as const } : {}),
  });
  if (!failure) return { state: next, effects: [start, { kind: 'open-request', attempt, message }] };
  const failed = finish(next, 'failed', 'failed', failure.message, failure);
  return {
    state: failed.state,
    effects: [start, attemptEnd(next, 'failed', failure, EMPTY_TALLY), ...failed.effects],
  };
}

function isUnverified(request: RequestSpec, url: string): boolean {
  return request.transport.tls.unverified && /^https:/i.test(url);
}

function receiveHead(state: MachineState, head: ReceivedHead, nowMs: MonotonicMs): MachineStep {
  if (state.phase !== 'connecting' || state.refusal) return unchanged(state);
  const { attempt } = state;
  const { framing, refusal } = readBodyAs(state.request.readAs, head);
  const effects: MachineEffect[] = [
    record({
      kind: 'response-head',
      attempt,
      ...head,
      accepted: refusal === null,
      ...(framing === null ? {} : { framing }),
    }),
    { kind: 'begin-body', attempt, framing },
  ];
  if (refusal) {
    effects.push({ kind: 'schedule', timer: 'refused-body', delayMs: REFUSED_BODY_MS });
    return { state: { ...state, refusal, reason: refusal.message }, effects };
  }
  return {
    state: { ...state, phase: 'open', framing, reason: 'The stream is open', failure: null, sinceMs: nowMs },
    effects,
  };
}

function receiveChunk(
  state: MachineState,
  chunk: Extract<MachineInput, { kind: 'chunk-received' }>,
): MachineStep {
  return {
    state: {
      ...state,
      lastEventId: chunk.lastEventId ?? state.lastEventId,
      retryMs: chunk.retryMs ?? state.retryMs,
      fruitless: chunk.events > 0 ? 0 : state.fruitless,
    },
    effects: [],
  };
}

function receiveLongEvent(
  state: MachineState,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  const { limits } = state.request;
  if (limits.longEvent === 'keep' || state.refusal) return unchanged(state);
  const ended = endStream(state, longEventFailure(limits), tally, nowMs, jitter);
  return { state: ended.state, effects: [{ kind: 'abort' }, ...ended.effects] };
}

function reconnect(state: MachineState, tally: AttemptTally, nowMs: MonotonicMs): MachineStep {
  if (state.phase === 'idle' || isOver(state)) return unchanged(state);
  const left = leave(state, state.refusal ? 'refused' : 'stopped', state.refusal, tally);
  const opened = openAttempt(state, 'You asked to connect again', nowMs);
  return { state: opened.state, effects: [...left, ...opened.effects] };
}

function update(state: MachineState, request: RequestSpec): MachineStep {
  // The ID of the form is for a first attempt; once changed by hand it is meant for the next one.
  const lastEventId =
    request.lastEventId === state.request.lastEventId ? state.lastEventId : request.lastEventId;
  return { state: { ...state, request, lastEventId }, effects: [] };
}

function whyAgain(state: MachineState): string {
  return state.failure ? 'Reconnect after a failure' : 'Reconnect after the stream ended';
}

function unchanged(state: MachineState): MachineStep {
  return { state, effects: [] };
}
