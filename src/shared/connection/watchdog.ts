/**
 * The watch over a connection's times: how long it may take to be reached, to answer, to bring a byte, and in all. It counts
 * bytes and not events, so a comment is life. One timer serves all limits: when it fires, this says what is over, or when to
 * look again. Part of the machine.
 */
import type { MonotonicMs } from '../base/clock.ts';
import type { AttemptTally, MachineState } from './machine-types.ts';
import { settingsOf } from './reconnect-settings.ts';
import { formatDelay, MAX_TIMER_MS } from './retry-policy.ts';
import type { Failure } from './types.ts';

/** What the driver sees and the machine does not. */
export interface WatchFacts {
  /** When the last byte of body came; now, while the log and not the server holds the stream up. */
  readonly lastByteMs: MonotonicMs;
  readonly tally: AttemptTally;
}

export type WatchVerdict =
  /** The attempt has overrun a limit: it fails, and the policy decides. */
  | { readonly kind: 'attempt-overdue'; readonly failure: Failure }
  /** The time of the whole connection is over. */
  | { readonly kind: 'time-over'; readonly why: string }
  /** Nothing yet. null: nothing is watched. */
  | { readonly kind: 'wait'; readonly delayMs: number | null };

/** Judges the state at `nowMs`. */
export function judgeTimes(state: MachineState, facts: WatchFacts, nowMs: MonotonicMs): WatchVerdict {
  const settings = settingsOf(state.request.reconnect, state.method);
  if (state.phase === 'idle' || state.outcome !== null) return { kind: 'wait', delayMs: null };
  const dues: number[] = [];
  const isOver = (dueMs: MonotonicMs): boolean => {
    if (nowMs >= dueMs) return true;
    dues.push(dueMs);
    return false;
  };

  const { totalTimeMs } = settings;
  if (totalTimeMs > 0 && isOver(state.startedMs + totalTimeMs))
    return { kind: 'time-over', why: `The total time of ${formatDelay(totalTimeMs)} is over` };
  const failure =
    state.refusal !== null
      ? null
      : state.phase === 'connecting'
        ? whileConnecting(state, facts, isOver)
        : state.phase === 'open'
          ? whileOpen(state, facts, isOver)
          : null;
  if (failure) return { kind: 'attempt-overdue', failure };
  const delayMs = dues.length === 0 ? null : Math.min(Math.max(1, Math.min(...dues) - nowMs), MAX_TIMER_MS);
  return { kind: 'wait', delayMs };
}

function whileConnecting(
  state: MachineState,
  { tally }: WatchFacts,
  isOver: (dueMs: MonotonicMs) => boolean,
): Failure | null {
  const { connectTimeoutMs, headTimeoutMs, wakeGraceMs } = settingsOf(state.request.reconnect, state.method);
  if (connectTimeoutMs > 0 && tally.connected === false && isOver(state.dialledMs + connectTimeoutMs)) {
    return {
      code: 'timeout',
      message: `Not connected within ${formatDelay(connectTimeoutMs)}. Check the address, and firewalls on the way.`,
    };
  }
  if (headTimeoutMs > 0 && isOver(state.sinceMs + headTimeoutMs)) {
    return {
      code: 'timeout',
      message: `No answer within ${formatDelay(headTimeoutMs)}: the response head did not come. Look at what the server is doing, or allow it more time.`,
    };
  }
  if (state.probe && isOver(state.probe.sinceMs + wakeGraceMs)) return stalledSince(state.probe, wakeGraceMs);
  return null;
}

function whileOpen(
  state: MachineState,
  { lastByteMs }: WatchFacts,
  isOver: (dueMs: MonotonicMs) => boolean,
): Failure | null {
  const { stallTimeoutMs, wakeGraceMs } = settingsOf(state.request.reconnect, state.method);
  if (stallTimeoutMs > 0 && isOver(lastByteMs + stallTimeoutMs)) {
    return {
      code: 'stalled',
      message: `Stalled: nothing for ${formatDelay(stallTimeoutMs)}, not even a comment.`,
    };
  }
  const { probe } = state;
  // A byte since then is an answer.
  if (probe && lastByteMs <= probe.sinceMs && isOver(probe.sinceMs + wakeGraceMs))
    return stalledSince(probe, wakeGraceMs);
  return null;
}

function stalledSince(probe: NonNullable<MachineState['probe']>, wakeGraceMs: number): Failure {
  return {
    code: 'stalled',
    message: `Stalled: nothing for ${formatDelay(wakeGraceMs)} after ${probe.after}.`,
  };
}
