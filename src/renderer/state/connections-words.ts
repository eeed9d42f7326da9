/** States of a connection and outcomes of a session, as a word and a shape. Pure. */
import { assertNever } from '../../shared/base/assert.ts';
import type { ConnectionStatus } from '../../shared/connection/types.ts';
import type { SessionOutcome } from '../../shared/session/entry.ts';

/** Names of the shapes in ui/StateMark.svelte. */
export type StateShape =
  'open' | 'connecting' | 'waiting' | 'closed' | 'failed' | 'stopped' | 'interrupted' | 'idle';

export interface StateWord {
  readonly shape: StateShape;
  readonly word: string;
}

/** Where a live connection is. The countdown of a waiting one is drawn beside the word by whoever has a clock. */
export function wordOfStatus(status: ConnectionStatus): StateWord {
  switch (status.state) {
    case 'idle':
      return { shape: 'idle', word: 'Not connected' };
    case 'connecting':
      return { shape: 'connecting', word: status.attempt > 1 ? 'Reconnecting' : 'Connecting' };
    case 'open':
      return { shape: 'open', word: 'Open' };
    case 'waiting':
      return { shape: 'waiting', word: status.paused ? 'Paused' : 'Waiting' };
    case 'closed':
      return { shape: 'closed', word: 'Closed' };
    case 'failed':
      return { shape: 'failed', word: 'Failed' };
    default:
      return assertNever(status.state, 'connection state');
  }
}

/** How a session ended. */
export function wordOfOutcome(outcome: SessionOutcome): StateWord {
  switch (outcome) {
    case 'live':
      return { shape: 'open', word: 'Live' };
    case 'ended':
      return { shape: 'closed', word: 'Ended' };
    case 'stopped':
      return { shape: 'stopped', word: 'Stopped' };
    case 'failed':
      return { shape: 'failed', word: 'Failed' };
    case 'interrupted':
      return { shape: 'interrupted', word: 'Interrupted' };
    default:
      return assertNever(outcome, 'session outcome');
  }
}

/** A session in a list: its connection's state while that lives, else how it ended. */
export function wordOfSession(
  outcome: SessionOutcome,
  status: ConnectionStatus | undefined | null,
): StateWord {
  return outcome === 'live' && status ? wordOfStatus(status) : wordOfOutcome(outcome);
}
