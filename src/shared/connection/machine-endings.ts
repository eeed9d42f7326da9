/** How an attempt ends and what follows: another one after a delay, or the end of the connection. Part of the machine. */
import type { MonotonicMs } from '../base/clock.ts';
import { FRAMING_LABELS } from '../sse/framing.ts';
import type { AttemptEndEntry, JournalEntry } from '../session/entry.ts';
import type { AttemptTally, MachineEffect, MachineState, MachineStep, StoppedBy } from './machine-types.ts';
import { formatDelay, isFinal, reasonNotToReconnect, retryDelay, type Jitter } from './retry-policy.ts';
import type { Failure } from './types.ts';

/** The attempt ended by itself: cleanly when `failure` is null. */
export function endStream(
  state: MachineState,
  failure: Failure | null,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  if (state.refusal) return finishRefused(state, state.refusal, tally, false);
  const ended = attemptEnd(state, failure ? 'failed' : 'end-of-stream', failure, tally);
  const what = failure ? failure.message : 'The stream ended';
  const policy = state.request.reconnect;
  const final = failure !== null && isFinal(failure);
  const notAgain = final
    ? ''
    : (completeAnswer(state, failure) ?? reasonNotToReconnect(state.method, policy, failure !== null));
  if (notAgain !== null) {
    const reason = joinSentences(what, notAgain);
    const over = failure
      ? finish(state, 'failed', 'failed', reason, failure)
      : finish(state, 'closed', 'ended', reason, null);
    return { state: over.state, effects: [ended, ...over.effects] };
  }
  const fruitless = state.fruitless + 1;
  const delay = retryDelay(state.retryMs, fruitless, policy, jitter);
  const { delayMs, source } = delay;
  const why = joinSentences(what, `Connecting again in ${formatDelay(delayMs)}: ${delay.why}`);
  const waiting = { delayMs, dueMs: nowMs + delayMs, source, why };
  return {
    state: { ...state, phase: 'waiting', fruitless, waiting, reason: what, failure },
    effects: [
      ended,
      record({ kind: 'retry-scheduled', attempt: state.attempt, delayMs, source, why }),
      { kind: 'schedule', timer: 'reconnect', delayMs },
    ],
  };
}

/** Why a body that is no event stream is complete when it ends: only event streams promise to go on after a new connection. */
function completeAnswer({ framing, request }: MachineState, failure: Failure | null): string | null {
  if (failure || framing === null || framing === 'sse' || request.reconnect.mode === 'always') return null;
  return `The answer is complete: it was read as ${FRAMING_LABELS[framing]}, and only event streams are taken up again`;
}

/** Enough of a refused answer was read: the rest is not waited for. */
export function sufficeRefused(state: MachineState, tally: AttemptTally): MachineStep {
  return state.refusal ? finishRefused(state, state.refusal, tally, true) : { state, effects: [] };
}

export function stop(state: MachineState, by: StoppedBy, why: string, tally: AttemptTally): MachineStep {
  if (isOver(state)) return { state, effects: [] };
  if (state.refusal) return finishRefused(state, state.refusal, tally, true);
  const outcome = by === 'user' ? 'stopped' : by === 'limit' ? 'ended' : 'interrupted';
  const over = finish(state, 'closed', outcome, why, null);
  return { state: over.state, effects: [...leave(state, 'stopped', null, tally), ...over.effects] };
}

export function failStorage(state: MachineState, message: string, tally: AttemptTally): MachineStep {
  if (isOver(state)) return { state, effects: [] };
  const failure: Failure = {
    code: 'disk',
    message: `The capture stopped because it could not be stored: ${message.replace(/\.$/, '')}. What was stored before is intact. Make room or choose another place, and connect again.`,
  };
  const over = finish(state, 'failed', 'failed', failure.message, failure);
  return { state: over.state, effects: [...leave(state, 'failed', failure, tally), ...over.effects] };
}

/** Effects that end whatever is under way. */
export function leave(
  state: MachineState,
  how: AttemptEndEntry['how'],
  failure: Failure | null,
  tally: AttemptTally,
): MachineEffect[] {
  if (state.phase === 'waiting') return [{ kind: 'cancel-timer', timer: 'reconnect' }];
  if (state.phase === 'idle') return [];
  const timer: MachineEffect[] = state.refusal ? [{ kind: 'cancel-timer', timer: 'refused-body' }] : [];
  return [...timer, { kind: 'abort' }, attemptEnd(state, how, failure, tally)];
}

/** The connection is over for good. */
export function finish(
  state: MachineState,
  phase: 'closed' | 'failed',
  outcome: Exclude<MachineState['outcome'], null>,
  why: string,
  failure: Failure | null,
): MachineStep {
  return {
    state: { ...state, phase, refusal: null, waiting: null, reason: why, failure, outcome },
    effects: [record({ kind: 'connection-closed', attempt: state.attempt, state: phase, why })],
  };
}

export function isOver(state: MachineState): boolean {
  return state.phase === 'closed' || state.phase === 'failed';
}

export function attemptEnd(
  state: MachineState,
  how: AttemptEndEntry['how'],
  failure: Failure | null,
  tally: AttemptTally,
): MachineEffect {
  return record({ kind: 'attempt-end', attempt: state.attempt, how, failure, ...tally });
}

export function record(entry: JournalEntry): MachineEffect {
  return { kind: 'record', entry };
}

function finishRefused(
  state: MachineState,
  refusal: Failure,
  tally: AttemptTally,
  abort: boolean,
): MachineStep {
  const over = finish(state, 'failed', 'failed', refusal.message, refusal);
  return {
    state: over.state,
    effects: [
      { kind: 'cancel-timer', timer: 'refused-body' },
      ...(abort ? [{ kind: 'abort' } as const] : []),
      attemptEnd(state, 'refused', refusal, tally),
      ...over.effects,
    ],
  };
}

function joinSentences(first: string, second: string): string {
  return second === '' ? first : `${first.replace(/\.$/, '')}. ${second}`;
}
