/** One page's connection to the app, from its first call until it is reloaded, crashes or closes. */
import type { FeedName, Payload } from '../../shared/ipc/contract.ts';
import type { Dispatch } from '../../shared/ipc/dispatcher.ts';

/** Sends one feed message to the page; does nothing when it is gone. */
export type SendFeed = <N extends FeedName>(name: N, payload: Payload<N>) => void;

export interface Visit {
  readonly dispatch: Dispatch;
  /** Ends everything that was done for this page alone: watches and views. Captures go on. */
  close(): void;
}

export type OpenVisit = (send: SendFeed) => Visit;
