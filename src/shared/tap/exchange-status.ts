/** A request through a tap as the window tells of every connection. */
import type { ConnectionStatus } from '../connection/types.ts';
import type { TapExchange } from './tap-state.ts';

const STATES = { waiting: 'connecting', open: 'open', ended: 'closed', failed: 'failed' } as const;

export function statusOfExchange({ state, note }: Pick<TapExchange, 'state' | 'note'>): ConnectionStatus {
  return {
    state: STATES[state],
    attempt: 1,
    lastEventId: '',
    retryMs: null,
    waiting: null,
    paused: false,
    nextLastEventId: null,
    reason: state === 'failed' || state === 'ended' ? note || 'The answer is complete' : '',
    failure: state === 'failed' ? { code: 'other', message: note } : null,
    sinceMs: 0,
  };
}
