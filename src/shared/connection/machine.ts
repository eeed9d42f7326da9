/**
 * One connection as a pure state machine: inputs and a clock reading go in, the next state and the effects to perform come out.
 * It owns every decision about a connection (what opens, what is final, when to connect again, what is sent as Last-Event-ID)
 * and what is recorded about it. It never waits, reads a clock or touches a socket (WHATWG HTML 9.2.3).
 */
import { assertNever } from '../base/assert.ts';
import type { MonotonicMs } from '../base/clock.ts';
import { longEventFailure } from './limits.ts';
import { readBodyAs } from './body-rules.ts';
import { endStream, failStorage, record, stop, sufficeRefused } from './machine-endings.ts';
import { openAttempt, watch } from './machine-opening.ts';
import { probe, reconnect, steer } from './machine-steering.ts';
import type {
  AttemptTally,
  MachineEffect,
  MachineInput,
  MachineState,
  MachineStep,
  Refusal,
} from './machine-types.ts';
import { USUAL_CODINGS } from './request-message.ts';
import { includesStatus, settingsOf } from './reconnect-settings.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Jitter } from './retry-policy.ts';
import type { ReadAs, RequestSpec } from './types.ts';
import { judgeTimes } from './watchdog.ts';

/** A refused answer that keeps coming is read this long, so that its beginning can be looked at. */
export const REFUSED_BODY_MS = 2000;

/** `codings`: content codings that the runtime can undo. */
export function initialState(request: RequestSpec, codings: readonly string[] = USUAL_CODINGS): MachineState {
  return {
    phase: 'idle',
    request,
    codings,
    method: request.method,
    attempt: 0,
    lastEventId: request.lastEventId,
    retryMs: null,
    fruitless: 0,
    framing: null,
    fruitlessSinceMs: null,
    refusal: null,
    complete: false,
    waiting: null,
    paused: false,
    nextLastEventId: null,
    probe: null,
    reason: '',
    failure: null,
    sinceMs: 0,
    startedMs: 0,
    dialledMs: 0,
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
      const { attempt, status, from, to, hop } = input;
      return {
        state: { ...state, dialledMs: nowMs },
        effects: [record({ kind: 'redirect', attempt, status, from, to, ...(hop && { hop }) })],
      };
    }
    case 'response-head-received':
      return isLive(state, input.attempt) ? receiveHead(state, input, nowMs) : unchanged(state);
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
      return isLive(state, input.attempt)
        ? sufficeRefused(state, input.tally, nowMs, jitter)
        : unchanged(state);
    case 'timer-fired':
      if (input.timer === 'refused-body') return sufficeRefused(state, input.tally, nowMs, jitter);
      return state.phase === 'waiting' && !state.paused
        ? openAttempt(state, whyAgain(state), nowMs)
        : unchanged(state);
    case 'stop-requested':
      return stop(state, input.by, input.why, input.tally);
    case 'reconnect-requested':
      return reconnect(state, input.tally, nowMs);
    case 'steered':
      return steer(state, input.action, input.tally, nowMs, jitter);
    case 'system-changed':
      return probe(state, input.change, input.tally, nowMs, jitter);
    case 'watchdog-fired':
      return watchdogFired(state, input, nowMs, jitter);
    case 'resume-observed': {
      if (!isLive(state, input.attempt)) return unchanged(state);
      const { attempt, report } = input;
      return { state, effects: [record({ kind: 'resume-report', attempt, ...report })] };
    }
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

function receiveHead(
  state: MachineState,
  { head, receivedEpochMs }: Extract<MachineInput, { kind: 'response-head-received' }>,
  nowMs: MonotonicMs,
): MachineStep {
  if (state.phase !== 'connecting' || state.refusal) return unchanged(state);
  const { attempt } = state;
  const { framing, refusal: failure } = readBodyAs(readAsOf(state.request), head);
  const effects: MachineEffect[] = [
    record({
      kind: 'response-head',
      attempt,
      ...head,
      accepted: failure === null,
      ...(framing === null ? {} : { framing }),
    }),
    { kind: 'begin-body', attempt, framing },
  ];
  if (failure) {
    const { retryStatuses, useRetryAfter } = settingsOf(state.request.reconnect, state.method);
    const refusal: Refusal = {
      failure,
      askAgain: failure.code === 'http-status' && includesStatus(retryStatuses, head.status),
      retryAfterMs: useRetryAfter ? retryAfterMs(head.headers, receivedEpochMs) : null,
    };
    effects.push({ kind: 'schedule', timer: 'refused-body', delayMs: REFUSED_BODY_MS });
    return { state: { ...state, refusal, reason: failure.message }, effects };
  }
  const opened: MachineState = {
    ...state,
    phase: 'open',
    framing,
    reason: 'The stream is open',
    failure: null,
    sinceMs: nowMs,
    // The head is a sign of life.
    probe: null,
  };
  return { state: opened, effects: [...effects, ...watch(opened, nowMs)] };
}

/** A browser takes event streams alone. */
function readAsOf({ readAs, reconnect }: RequestSpec): ReadAs {
  return readAs === 'auto' && reconnect.preset === 'browser' ? 'sse-only' : readAs;
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
      complete: state.complete || chunk.complete,
    },
    effects: [],
  };
}

/** One timer watches all times; what it finds over ends the attempt, or the connection. */
function watchdogFired(
  state: MachineState,
  input: Extract<MachineInput, { kind: 'watchdog-fired' }>,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  const verdict = judgeTimes(state, input, nowMs);
  switch (verdict.kind) {
    case 'time-over':
      return stop(state, 'limit', verdict.why, input.tally);
    case 'attempt-overdue': {
      const ended = endStream(state, verdict.failure, input.tally, nowMs, jitter);
      return { state: ended.state, effects: [{ kind: 'abort' }, ...ended.effects] };
    }
    case 'wait':
      if (verdict.delayMs === null) return unchanged(state);
      return { state, effects: [{ kind: 'schedule', timer: 'watchdog', delayMs: verdict.delayMs }] };
    default:
      return assertNever(verdict, 'verdict');
  }
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

function update(state: MachineState, request: RequestSpec): MachineStep {
  // The ID of the form is for a first attempt; once changed by hand it is meant for the next one.
  const nextLastEventId =
    request.lastEventId === state.request.lastEventId ? state.nextLastEventId : request.lastEventId;
  return { state: { ...state, request, nextLastEventId }, effects: [] };
}

function whyAgain(state: MachineState): string {
  return state.failure ? 'Reconnect after a failure' : 'Reconnect after the stream ended';
}

function unchanged(state: MachineState): MachineStep {
  return { state, effects: [] };
}
