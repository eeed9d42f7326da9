/** The machine's state as everyone is told about it. */
import type { Clock, MonotonicMs } from '../base/clock.ts';
import { EMPTY_TALLY, type AttemptTally, type MachineState } from './machine-types.ts';
import type { ConnectionStatus } from './types.ts';

/**
 * @param nowMs the session's clock, read together with `epochMs`
 * @param lastEventId the newest last event ID, which the machine hears of later than the recorder
 * @param tally of the body that is coming
 * @param inBursts how its events come
 */
export function statusOf(
  state: MachineState,
  nowMs: MonotonicMs,
  epochMs: ReturnType<Clock['epochMs']>,
  lastEventId: string,
  tally: Pick<AttemptTally, 'wireBytes' | 'bodyBytes'> = EMPTY_TALLY,
  inBursts = false,
): ConnectionStatus {
  const { waiting } = state;
  const { wireBytes, bodyBytes } = tally;
  return {
    state: state.phase,
    attempt: state.attempt,
    lastEventId,
    retryMs: state.retryMs,
    waiting: waiting && {
      delayMs: waiting.delayMs,
      dueEpochMs: epochMs + (waiting.dueMs - nowMs),
      source: waiting.source,
      why: waiting.why,
    },
    paused: state.paused,
    nextLastEventId: state.nextLastEventId,
    reason: state.reason,
    failure: state.failure,
    ...(wireBytes === bodyBytes ? {} : { packed: { wireBytes, bodyBytes } }),
    ...(inBursts ? { inBursts: true as const } : {}),
    sinceMs: state.sinceMs,
  };
}
