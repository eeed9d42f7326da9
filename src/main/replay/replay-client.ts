/** One request to a replay: what is known of it, and the clock that it has to itself. */
import type { EpochMs } from '../../shared/base/clock.ts';
import type { AppliedFault, ReplayClient, ReplayClientState } from '../../shared/replay/replay-status.ts';
import type { ClientClock } from './client-clock.ts';

/** More are counted and not kept. */
const MAX_FAULTS = 200;

export interface ClientFacts {
  readonly number: number;
  readonly attempt: number;
  readonly startedAt: EpochMs;
  readonly method: string;
  readonly path: string;
  readonly userAgent: string;
  readonly lastEventId: string;
}

/** Written by whoever serves it, read by whoever shows it. */
export interface ServedClient {
  readonly clock: ClientClock;
  state: ReplayClientState;
  note: string;
  status: number;
  sentBytes: number;
  sentEvents: number;
  positionMs: number;
  round: number;
  isOver: boolean;
  applied(fault: AppliedFault): void;
  snapshot(): ReplayClient;
}

export function createServedClient(facts: ClientFacts, clock: ClientClock): ServedClient {
  const faults: AppliedFault[] = [];
  let endedMs: number | null = null;
  let isOver = false;
  return {
    clock,
    state: 'playing',
    note: '',
    status: 0,
    sentBytes: 0,
    sentEvents: 0,
    positionMs: 0,
    round: 0,
    get isOver() {
      return isOver;
    },
    set isOver(over) {
      isOver = over;
      endedMs = over ? clock.elapsedMs() : null;
    },
    applied(fault) {
      if (faults.length < MAX_FAULTS) faults.push(fault);
    },
    snapshot() {
      const { state, note, status, sentBytes, sentEvents, positionMs, round } = this;
      const shown = state === 'playing' && clock.isHeld ? 'held' : state;
      const clockMs = endedMs ?? clock.elapsedMs();
      const progress = { status, sentBytes, sentEvents, positionMs, round, clockMs };
      return { ...facts, ...progress, state: shown, note, faults: [...faults] };
    },
  };
}
