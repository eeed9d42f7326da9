/** How an attempt begins: what it asks for, what is recorded about it, and what is watched. Part of the machine. */
import type { MonotonicMs } from '../base/clock.ts';
import { attemptEnd, finish, record } from './machine-endings.ts';
import { EMPTY_TALLY, type MachineEffect, type MachineState, type MachineStep } from './machine-types.ts';
import { describeBody } from './request-body.ts';
import { composeRequest } from './request-message.ts';
import type { RequestSpec } from './types.ts';
import { judgeTimes } from './watchdog.ts';

/** Begins the next attempt. Whatever was under way has been left by then. */
export function openAttempt(state: MachineState, why: string, nowMs: MonotonicMs): MachineStep {
  const attempt = state.attempt + 1;
  // An ID that the user chose is the one in force from here on, as if the server had sent it.
  const inForce = state.nextLastEventId ?? state.lastEventId;
  const { message, lastEventId, note, failure } = composeRequest(state.request, inForce, state.codings);
  const next: MachineState = {
    ...state,
    phase: 'connecting',
    method: message.method,
    attempt,
    lastEventId: inForce,
    nextLastEventId: null,
    framing: null,
    refusal: null,
    complete: false,
    probe: null,
    waiting: null,
    reason: why,
    sinceMs: nowMs,
    startedMs: state.attempt === 0 ? nowMs : state.startedMs,
    dialledMs: nowMs,
  };
  // Whoever reads the log finds the ID in force here, also where the header does not tell it: none, when that was chosen.
  const isHeld = inForce === '' ? state.nextLastEventId === '' : inForce !== lastEventId;
  const start = record({
    kind: 'attempt-start',
    attempt,
    method: message.method,
    url: message.url,
    headers: message.headers,
    body: describeBody(message.body),
    lastEventId,
    ...(isHeld ? { heldId: inForce } : {}),
    why: note === '' ? why : `${why}. ${note}`,
    ...(isUnverified(state.request, message.url) ? { unverified: true as const } : {}),
  });
  const chosen: MachineEffect[] =
    state.nextLastEventId === null ? [] : [{ kind: 'set-last-event-id', lastEventId: inForce }];
  if (!failure) {
    const request: MachineEffect = { kind: 'open-request', attempt, message };
    return { state: next, effects: [...chosen, start, request, ...watch(next, nowMs)] };
  }
  const failed = finish(next, 'failed', 'failed', failure.message, failure);
  return {
    state: failed.state,
    effects: [...chosen, start, attemptEnd(next, 'failed', failure, EMPTY_TALLY), ...failed.effects],
  };
}

function isUnverified(request: RequestSpec, url: string): boolean {
  return request.transport.tls.unverified && /^https:/i.test(url);
}

/** Sets the watchdog for a state that has just begun: nothing has come yet, and nothing can be over. */
export function watch(state: MachineState, nowMs: MonotonicMs): MachineEffect[] {
  const verdict = judgeTimes(
    state,
    { lastByteMs: nowMs, tally: { ...EMPTY_TALLY, connected: false } },
    nowMs,
  );
  if (verdict.kind !== 'wait') return [{ kind: 'schedule', timer: 'watchdog', delayMs: 1 }];
  return verdict.delayMs === null
    ? [{ kind: 'cancel-timer', timer: 'watchdog' }]
    : [{ kind: 'schedule', timer: 'watchdog', delayMs: verdict.delayMs }];
}
