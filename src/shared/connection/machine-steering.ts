/** What is done to a connection from outside while it lives: by its user, and by the system. Part of the machine. */
import { assertNever } from '../base/assert.ts';
import type { MonotonicMs } from '../base/clock.ts';
import type { SteeredEntry } from '../session/entry.ts';
import { endStream, isOver, leave, record } from './machine-endings.ts';
import { openAttempt, watch } from './machine-opening.ts';
import type { AttemptTally, MachineEffect, MachineState, MachineStep } from './machine-types.ts';
import { settingsOf } from './reconnect-settings.ts';
import type { Jitter } from './retry-policy.ts';
import type { Failure, SteerAction, SystemChange } from './types.ts';

/** Connects again at once; an attempt that is under way is left first. */
export function reconnect(state: MachineState, tally: AttemptTally, nowMs: MonotonicMs): MachineStep {
  if (state.phase === 'idle' || isOver(state)) return unchanged(state);
  const why = state.phase === 'waiting' ? 'You skipped the wait' : 'You asked to connect again';
  const left = leave(state, state.refusal ? 'refused' : 'stopped', state.refusal?.failure ?? null, tally);
  return after(left, openAttempt(state, why, nowMs));
}

export function steer(
  state: MachineState,
  action: SteerAction,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  if (isOver(state)) return unchanged(state);
  switch (action.kind) {
    case 'drop':
      return drop(state, tally, nowMs, jitter);
    case 'pause':
      return pause(state);
    case 'resume':
      return resume(state, nowMs);
    case 'set-last-event-id':
      return setLastEventId(state, action.lastEventId);
    default:
      return assertNever(action, 'action');
  }
}

function drop(state: MachineState, tally: AttemptTally, nowMs: MonotonicMs, jitter: Jitter): MachineStep {
  if (state.phase !== 'connecting' && state.phase !== 'open') return unchanged(state);
  const failure: Failure = {
    code: 'dropped',
    message: 'You dropped the connection, as a lost network would.',
  };
  const note = steered(state, 'user', 'drop', 'You dropped the connection');
  return after([note, { kind: 'abort' }], endStream(state, failure, tally, nowMs, jitter));
}

function pause(state: MachineState): MachineStep {
  if (state.paused) return unchanged(state);
  const note = steered(state, 'user', 'pause', 'You paused reconnecting');
  const timer: MachineEffect[] =
    state.phase === 'waiting' ? [{ kind: 'cancel-timer', timer: 'reconnect' }] : [];
  return { state: { ...state, paused: true }, effects: [note, ...timer] };
}

/** A wait that has passed meanwhile is over; what is left of one goes on. The time of the pause is not held against the server. */
function resume(state: MachineState, nowMs: MonotonicMs): MachineStep {
  if (!state.paused) return unchanged(state);
  const note = steered(state, 'user', 'resume', 'You let it reconnect again');
  const next: MachineState = { ...state, paused: false, fruitlessSinceMs: nowMs };
  const { waiting } = state;
  if (!waiting) return { state: next, effects: [note] };
  if (waiting.dueMs <= nowMs)
    return after([note], openAttempt(next, 'Reconnecting was paused until now', nowMs));
  const delayMs = waiting.dueMs - nowMs;
  return { state: next, effects: [note, { kind: 'schedule', timer: 'reconnect', delayMs }] };
}

function setLastEventId(state: MachineState, lastEventId: string | null): MachineStep {
  if (state.nextLastEventId === lastEventId) return unchanged(state);
  const said =
    lastEventId === null
      ? 'You went back to the last event ID that came'
      : lastEventId === ''
        ? 'You chose to send no Last-Event-ID with the next attempt'
        : `You chose the Last-Event-ID of the next attempt: ${lastEventId}`;
  return {
    state: { ...state, nextLastEventId: lastEventId },
    effects: [steered(state, 'user', 'set-last-event-id', said)],
  };
}

const CHANGES: Readonly<Record<SystemChange, string>> = {
  woke: 'the machine woke up',
  online: 'the network came back',
  offline: 'the network was lost',
};

/** The machine woke up, or its network changed: waits end at once, and open connections have to show that they live. */
export function probe(
  state: MachineState,
  change: SystemChange,
  tally: AttemptTally,
  nowMs: MonotonicMs,
  jitter: Jitter,
): MachineStep {
  const { afterWake } = settingsOf(state.request.reconnect, state.method);
  if (afterWake === 'nothing' || state.refusal) return unchanged(state);
  const since = CHANGES[change];
  const said = `${since[0]?.toUpperCase() ?? ''}${since.slice(1)}`;
  if (state.phase === 'waiting') {
    // Without a network an attempt is not worth while; with a pause it is not wanted.
    if (state.paused || change === 'offline') return unchanged(state);
    // What failed meanwhile was not the server's fault: the backoff begins anew.
    const fresh: MachineState = { ...state, fruitless: 0, fruitlessSinceMs: nowMs };
    const note = steered(state, 'system', 'probe', `${said}: connecting again at once`);
    return after([note, { kind: 'cancel-timer', timer: 'reconnect' }], openAttempt(fresh, said, nowMs));
  }
  if (state.phase !== 'connecting' && state.phase !== 'open') return unchanged(state);
  if (afterWake === 'reconnect' && change !== 'offline') {
    const note = steered(state, 'system', 'probe', `${said}: the connection is made anew`);
    const failure: Failure = { code: 'dropped', message: `The connection was made anew because ${since}.` };
    const ended = after([note, { kind: 'abort' }], endStream(state, failure, tally, nowMs, jitter));
    if (ended.state.phase !== 'waiting' || ended.state.paused) return ended;
    return after(
      [...ended.effects, { kind: 'cancel-timer', timer: 'reconnect' }],
      openAttempt(ended.state, said, nowMs),
    );
  }
  const next: MachineState = { ...state, probe: { sinceMs: nowMs, after: since } };
  const note = steered(state, 'system', 'probe', `${said}: the connection is watched for a sign of life`);
  return { state: next, effects: [note, ...watch(next, nowMs)] };
}

function steered(
  state: MachineState,
  by: SteeredEntry['by'],
  action: SteeredEntry['action'],
  message: string,
): MachineEffect {
  return record({ kind: 'steered', attempt: state.attempt, by, action, message });
}

function after(effects: readonly MachineEffect[], step: MachineStep): MachineStep {
  return { state: step.state, effects: [...effects, ...step.effects] };
}

function unchanged(state: MachineState): MachineStep {
  return { state, effects: [] };
}
