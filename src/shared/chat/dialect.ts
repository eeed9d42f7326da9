/** What a dialect must offer. A dialect is pure, deterministic and total: it never throws, whatever the stream holds. */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { Completion } from './completion.ts';

/** An event as the fold hands it on. `json` is parsed once for all; undefined when `data` is not JSON. */
export interface DialectEvent {
  readonly type: string;
  readonly data: string;
  readonly json: unknown;
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  /** Number of the connection attempt that brought it; 0 where attempts are not known. */
  readonly attempt: number;
}

export interface Dialect<S = unknown> {
  readonly id: string;
  readonly label: string;
  /**
   * How sure the dialect is that this event is its own: 0 = not mine; 1 to 4 = mine where an answer is open, but it
   * opens none; 5 and up = it may open one; 50 and up = it takes the event from a dialect that scores 0; 100 = nobody else's.
   * The highest wins, ties go to the earlier registration. Called for every event: look at a few fields only.
   */
  score(event: DialectEvent): number;
  start(event: DialectEvent): S;
  /** Takes the event into `state` (which it may change in place) and returns it, or "next" when the event opens another answer. */
  step(state: S, event: DialectEvent): S | 'next';
  /** The completion so far. `streamEnded` turns "streaming" into complete or truncated. */
  view(state: S, streamEnded: boolean): Completion;
}
