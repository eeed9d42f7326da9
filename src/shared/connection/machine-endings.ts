/** How an attempt ends and what follows: another one after a delay, or the end of the connection. Part of the machine. */
import type { MonotonicMs } from '../base/clock.ts';
import { FRAMING_LABELS } from '../sse/framing.ts';
import type { AttemptEndEntry, JournalEntry } from '../session/entry.ts';
import type {
  AttemptTally,
  MachineEffect,
  MachineState,
  MachineStep,
  Refusal,
  StoppedBy,
} from './machine-types.ts';
import { settingsOf } from './reconnect-settings.ts';
import {
  formatDelay,
  reasonNotToReconnect,
  reasonToGiveUp,
  retryDelay,
  type Jitter,
} from './retry-policy.ts';
import type { Failure } from './types.ts';

/** The attempt ended by itself: cleanly when `failure` is null. */
export function endStream(
  state: MachineState,
  failure: Failure | null,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  if (state.refusal) return finishRefused(state, state.refusal, tally, nowMs, jitter);
  const ended = attemptEnd(state, failure ? 'failed' : 'end-of-stream', failure, tally);
  return afterAttempt(state, ended, { failure, askAgain: false, retryAfterMs: null }, nowMs, jitter);
}

/** What follows an attempt: the policy's decision. */
function afterAttempt(
  state: MachineState,
  ended: MachineEffect,
  end: Omit<Refusal, 'failure'> & { readonly failure: Failure | null },
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  const { failure, askAgain, retryAfterMs } = end;
  const { method, complete, retryMs } = state;
  const settings = settingsOf(state.request.reconnect, method);
  const what = failure ? failure.message : 'The stream ended';
  const answered = state.phase === 'open';
  const over = (how: 'ended' | 'failed', reason: string): MachineStep => {
    const why = joinSentences(what, reason);
    const closed =
      how === 'failed'
        ? finish(state, 'failed', 'failed', why, failure)
        : finish(state, 'closed', 'ended', why, null);
    return { state: closed.state, effects: [ended, ...closed.effects] };
  };

  const whole = completeAnswer(state, failure);
  if (whole !== null) return over('ended', whole);
  const notAgain = reasonNotToReconnect({ method, failure, askAgain, answered, complete }, settings);
  if (notAgain) return over(notAgain.how, notAgain.reason);
  const fruitless = state.fruitless + 1;
  const fruitlessSinceMs = state.fruitless === 0 ? nowMs : (state.fruitlessSinceMs ?? nowMs);
  const gaveUp = reasonToGiveUp(fruitless, nowMs - fruitlessSinceMs, settings);
  if (gaveUp !== null) return over('failed', gaveUp);

  const { delayMs, source, why: origin } = retryDelay({ retryMs, retryAfterMs, fruitless }, settings, jitter);
  const plan = state.paused
    ? 'Reconnecting is paused'
    : `Connecting again in ${formatDelay(delayMs)}: ${origin}`;
  const why = joinSentences(what, plan);
  const waiting = { delayMs, dueMs: nowMs + delayMs, source, why };
  const scheduled: MachineEffect[] = state.paused ? [] : [{ kind: 'schedule', timer: 'reconnect', delayMs }];
  return {
    state: {
      ...state,
      phase: 'waiting',
      refusal: null,
      probe: null,
      fruitless,
      fruitlessSinceMs,
      waiting,
      reason: what,
      failure,
    },
    effects: [
      ended,
      record({ kind: 'retry-scheduled', attempt: state.attempt, delayMs, source, why }),
      ...scheduled,
    ],
  };
}

/** Why a body that is no event stream is complete when it ends: only event streams promise to go on after a new connection. */
function completeAnswer({ framing, request }: MachineState, failure: Failure | null): string | null {
  const { preset, afterEnd } = request.reconnect;
  if (failure || framing === null || framing === 'sse') return null;
  if (preset === 'browser' || afterEnd !== undefined) return null;
  return `The answer is complete: it was read as ${FRAMING_LABELS[framing]}, and only event streams are taken up again`;
}

/** Enough of a refused answer was read: the rest is not waited for. */
export function sufficeRefused(
  state: MachineState,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  if (!state.refusal) return { state, effects: [] };
  const over = finishRefused(state, state.refusal, tally, nowMs, jitter);
  const [cancel, ...rest] = over.effects;
  return { state: over.state, effects: [...(cancel ? [cancel] : []), { kind: 'abort' }, ...rest] };
}

export function stop(state: MachineState, by: StoppedBy, why: string, tally: AttemptTally): MachineStep {
  if (isOver(state)) return { state, effects: [] };
  const { refusal } = state;
  if (refusal) {
    const left = leave(state, 'refused', refusal.failure, tally);
    // An answer that would be asked for again is stopped; one that is final has failed before.
    const over = refusal.askAgain
      ? finish(state, 'closed', outcomeOf(by), why, null)
      : finish(state, 'failed', 'failed', refusal.failure.message, refusal.failure);
    return { state: over.state, effects: [...left, ...over.effects] };
  }
  const over = finish(state, 'closed', outcomeOf(by), why, null);
  return { state: over.state, effects: [...leave(state, 'stopped', null, tally), ...over.effects] };
}

function outcomeOf(by: StoppedBy): Exclude<MachineState['outcome'], null> {
  return by === 'user' ? 'stopped' : by === 'limit' ? 'ended' : 'interrupted';
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
    effects: [
      { kind: 'cancel-timer', timer: 'watchdog' },
      record({ kind: 'connection-closed', attempt: state.attempt, state: phase, why }),
    ],
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
  refusal: Refusal,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  const ended = attemptEnd(state, 'refused', refusal.failure, tally);
  const next = afterAttempt(state, ended, refusal, nowMs, jitter);
  return { state: next.state, effects: [{ kind: 'cancel-timer', timer: 'refused-body' }, ...next.effects] };
}

function joinSentences(first: string, second: string): string {
  return second === '' ? first : `${first.replace(/\.$/, '')}. ${second}`;
}
