/** The words of the connection machine and its settings. */
import type { EpochMs, MonotonicMs } from '../base/clock.ts';
import type { ReconnectPreset, ReconnectSettings } from './reconnect-settings.ts';
import type { LimitSpec } from './limits.ts';
import type { TransportSpec } from './transport.ts';
import type { Framing } from '../sse/framing.ts';
import type { AlertSpec } from './alert-spec.ts';
import type { AuthSpec } from './request-auth.ts';
import type { BodySpec } from './request-body.ts';

/** A header as the user wrote it; disabled ones are kept and not sent. */
export interface HeaderSpec {
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
}

/**
 * A query parameter that is switched off: kept beside the URL, which holds the ones that are sent.
 */
export interface OffParam {
  /** Its row among all parameters, those of the URL included. */
  readonly at: number;
  readonly name: string;
  readonly value: string;
}

/** Whether the cookie jar of the endpoint's folder takes part: sends its cookies and takes in those of the answers. */
export interface CookiesSpec {
  readonly jar: boolean;
}

/** Off: what is sent is what stands in the form, and a cookie of an hour ago cannot change an experiment. */
export const DEFAULT_COOKIES: CookiesSpec = { jar: false };

/** What to ask for, as saved in an endpoint; may hold `{{variables}}`. */
export interface RequestSpec {
  readonly method: string;
  /** With the query as it is sent. */
  readonly url: string;
  readonly offParams: readonly OffParam[];
  readonly headers: readonly HeaderSpec[];
  readonly body: BodySpec;
  readonly auth: AuthSpec;
  readonly cookies: CookiesSpec;
  readonly reconnect: ReconnectPolicy;
  readonly limits: LimitSpec;
  /** Sent as Last-Event-ID by the first attempt; "" means none. */
  readonly lastEventId: string;
  readonly transport: TransportSpec;
  readonly readAs: ReadAs;
  /** Not sent: what to tell the user of while it streams. */
  readonly alerts: AlertSpec;
}

/**
 * What the body of an answer is read as. `auto`: what its content type says, and other streams than event streams are shown
 * too. `sse-only`: an event stream or nothing, as browsers do it. A framing: that one, whatever the type says.
 */
export type ReadAs = 'auto' | 'sse-only' | Framing;

export const DEFAULT_READ_AS: ReadAs = 'auto';

/**
 * When to connect again: a preset, and whatever differs from it. `auto` is `browser` for a GET, and for other methods
 * `one-answer`: an answer to a POST that ended is complete, and asking again would cost again.
 */
export interface ReconnectPolicy extends Partial<ReconnectSettings> {
  readonly preset: ReconnectPreset;
}

export const DEFAULT_RECONNECT: ReconnectPolicy = { preset: 'auto' };

export type ConnectionState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed' | 'failed';

/** Where a delay came from. */
export type DelaySource = 'server-retry' | 'default' | 'backoff' | 'floor' | 'clamped' | 'retry-after';

/** What a user can do to a connection that is not over. */
export type SteerAction =
  /** Closes the socket as a loss of the network would, and lets the policy act. */
  | { readonly kind: 'drop' }
  /** Nothing is connected by itself until `resume`. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** The Last-Event-ID of the next attempt, once; "": none is sent; null: the last one that came, after all. */
  | { readonly kind: 'set-last-event-id'; readonly lastEventId: string | null };

/** Something about the machine or its network that connections should know. */
export type SystemChange = 'woke' | 'online' | 'offline';

/** A failure, in a form that can be stored. */
export interface Failure {
  /** A stable word for programs: `http-status`, `content-type`, `dns`, `refused`, `reset`, `tls`, `timeout`, `redirect`, `truncated`, `invalid-request`, `content-encoding`, `auth` (no token was given), `decompression`, `limit`, `http2`, `proxy`, `disk`, `other`. */
  readonly code: FailureCode;
  /** What happened, for people, and what to do about it. */
  readonly message: string;
  /** The runtime's own code, such as ECONNRESET. */
  readonly cause?: string;
}

export type FailureCode =
  | 'http-status'
  | 'content-type'
  | 'dns'
  | 'refused'
  | 'reset'
  | 'tls'
  | 'timeout'
  | 'redirect'
  | 'truncated'
  | 'invalid-request'
  | 'content-encoding'
  /** A compressed body becomes far larger than it was sent. */
  | 'decompression'
  /** Something is longer than the endpoint's limits allow. */
  | 'limit'
  | 'http2'
  | 'proxy'
  | 'auth'
  /** Nothing came for longer than the endpoint allows. */
  | 'stalled'
  /** The user dropped the connection. */
  | 'dropped'
  | 'disk'
  | 'other';

/** What everyone is told about a live connection, whole, each time it changes. */
export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Number of the current or last attempt, from 1; 0 before the first. */
  readonly attempt: number;
  readonly lastEventId: string;
  /** Reconnection time in force, as the server set it; null until it does. */
  readonly retryMs: number | null;
  /** Only while waiting. */
  readonly waiting: {
    readonly delayMs: number;
    readonly dueEpochMs: EpochMs;
    readonly source: DelaySource;
    readonly why: string;
  } | null;
  /** Reconnecting is paused: nothing is connected by itself. */
  readonly paused: boolean;
  /** The Last-Event-ID that the user chose for the next attempt ("": none is sent); null: the last one that came. */
  readonly nextLastEventId: string | null;
  /** Why it is closed or failed, or how the last attempt ended. */
  readonly reason: string;
  readonly failure: Failure | null;
  /** Sizes of the body that is coming, while what is sent is not what is read: before and after Content-Encoding is undone. */
  readonly packed?: { readonly wireBytes: number; readonly bodyBytes: number };
  /** Several events come at a time, after silent gaps: something on the way may hold them back. */
  readonly inBursts?: true;
  /** When the connection was opened or reopened, on the session's clock. */
  readonly sinceMs: MonotonicMs;
}
