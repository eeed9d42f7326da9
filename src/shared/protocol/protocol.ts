/** What a protocol must offer. A protocol is pure, deterministic and total: it never throws, whatever the stream holds. */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { HeaderPair } from '../session/entry.ts';
import type { Exchange } from './exchange.ts';

interface InputBase {
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  /** Number of the connection attempt; 0 where attempts are not known. */
  readonly attempt: number;
  /** The value of the body or data, parsed when it is first asked for; undefined when it is not JSON. */
  readonly json: () => unknown;
}

/** What was sent: the request of an attempt. */
export interface RequestInput extends InputBase {
  readonly what: 'request';
  readonly method: string;
  readonly url: string;
  readonly lastEventId: string;
}

/** The head of the response. */
export interface HeadInput extends InputBase {
  readonly what: 'head';
  readonly status: number;
  readonly headers: readonly HeaderPair[];
}

/** An event of the stream, or a body that is no stream but one JSON value. */
export interface EventInput extends InputBase {
  readonly what: 'event';
  readonly type: string;
  readonly data: string;
  /** The block's own id if it counted, else null. */
  readonly id: string | null;
}

export type ProtocolInput = RequestInput | HeadInput | EventInput;

export interface Protocol<S = unknown> {
  readonly id: string;
  readonly label: string;
  /**
   * How sure the protocol is that the input is its own: 0 = not mine; 1 to 4 = mine where an exchange is open, but it opens
   * none; 5 and up = it may open one; 50 and up = it takes the input from a protocol that scores 0. The highest wins. Called
   * for every input: look for a telling word in the text before asking for the JSON.
   */
  score(input: ProtocolInput): number;
  start(input: ProtocolInput): S;
  /** Takes the input into `state`, which it changes in place. */
  step(state: S, input: ProtocolInput): void;
  view(state: S, streamEnded: boolean): Exchange;
}

/** A protocol whose state nobody looks into. */
export type AnyProtocol = Protocol<unknown>;
