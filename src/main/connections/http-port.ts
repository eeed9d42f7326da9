/** How a connection reaches the network. A port, so that the driver can be tested without one. */
import type { RequestJar } from './cookie-jars.ts';
import type { AttemptTally, ReceivedHead } from '../../shared/connection/machine-types.ts';
import type { LimitSpec } from '../../shared/connection/limits.ts';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import type { TransportSpec } from '../../shared/connection/transport.ts';
import type { Failure } from '../../shared/connection/types.ts';
import type { RedirectHop } from '../../shared/session/entry.ts';

export interface HttpPort {
  /** Content codings that it undoes, to be offered. Default: those that every runtime has. */
  readonly codings?: readonly string[];
  /**
   * Asks, and follows redirects. Never throws: the listener hears everything, never before this returns, and nothing after
   * `ended` or `failed`.
   */
  open(message: RequestMessage, listener: HttpListener, options: ExchangeOptions): HttpExchange;
}

/** How to ask, besides what is asked. */
export interface ExchangeOptions {
  readonly limits: LimitSpec;
  readonly transport: TransportSpec;
  /** Gives cookies to each hop and takes in those of each answer; none without one. */
  readonly jar?: RequestJar | null;
}

export interface HttpListener {
  /**
   * The request goes out with an access token from `tokenUrl`: `fresh` when it was fetched now, `again` when the one before was
   * answered by 401.
   */
  tokenUsed?(tokenUrl: string, fresh: boolean, again: boolean): void;
  redirected(status: number, from: string, to: string, hop: RedirectHop): void;
  headReceived(head: ReceivedHead): void;
  /**
   * Bytes of the body after Content-Encoding, all that one socket read brought. `arrivedMs` is the arrival of that read on the
   * port's clock.
   */
  bytesReceived(bytes: Uint8Array, arrivedMs: number): void;
  ended(): void;
  failed(failure: Failure): void;
}

export interface HttpExchange {
  /** Stops reading; the server feels it as TCP back-pressure. Bytes under way may still be told. */
  pause(): void;
  resume(): void;
  /** Closes the socket at once. The listener hears nothing more. */
  abort(): void;
  tally(): AttemptTally;
}
