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
}

export interface Dialect<S = unknown> {
  readonly id: string;
  readonly label: string;
  /** 0 = not mine; the highest wins, ties go to the earlier registration. */
  score(event: DialectEvent): number;
  start(event: DialectEvent): S;
  /** Takes the event into `state` (which it may change in place) and returns it, or "next" when the event opens another answer. */
  step(state: S, event: DialectEvent): S | 'next';
  /** The completion so far. `streamEnded` turns "streaming" into complete or truncated. */
  view(state: S, streamEnded: boolean): Completion;
}
