/** What goes into the connection machine and what comes out of it. */
import type { EpochMs, MonotonicMs } from '../base/clock.ts';
import type { ExchangeFacts } from '../session/exchange-facts.ts';
import type {
  AttemptTimings,
  JournalEntry,
  RedirectHop,
  ResponseHeadEntry,
  ResumeReportEntry,
  SessionOutcome,
} from '../session/entry.ts';
import type { Framing } from '../sse/framing.ts';
import type { RequestMessage } from './request-message.ts';
import type {
  ConnectionState,
  DelaySource,
  Failure,
  RequestSpec,
  SteerAction,
  SystemChange,
} from './types.ts';

/** How an attempt's body stands: sizes in bytes, before and after Content-Encoding is undone. */
export interface AttemptTally {
  readonly wireBytes: number;
  readonly bodyBytes: number;
  readonly timings: AttemptTimings;
  readonly exchange?: ExchangeFacts;
  /** Whether the server has been reached, TLS included; missing when the port does not tell. */
  readonly connected?: boolean;
}

export const EMPTY_TALLY: AttemptTally = {
  wireBytes: 0,
  bodyBytes: 0,
  timings: { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null },
};

/** A response head as the port tells it. */
export type ReceivedHead = Omit<ResponseHeadEntry, 'kind' | 'attempt' | 'accepted' | 'framing'>;

/** Who ended a connection: its user, a limit that was set for it, or the end of the program. */
export type StoppedBy = 'user' | 'limit' | 'quit';

export type MachineTimer = 'reconnect' | 'refused-body' | 'watchdog';

/** Inputs of an attempt carry its number: what comes late from an attempt that is over is ignored. */
export type MachineInput =
  | { readonly kind: 'started' }
  | {
      readonly kind: 'redirect-followed';
      readonly attempt: number;
      readonly status: number;
      readonly from: string;
      readonly to: string;
      readonly hop?: RedirectHop;
    }
  | {
      readonly kind: 'response-head-received';
      readonly attempt: number;
      readonly head: ReceivedHead;
      /** By the wall clock, for a Retry-After that is a date. */
      readonly receivedEpochMs: EpochMs;
    }
  | {
      /** Given when something in it matters; a driver need not give every read. */
      readonly kind: 'chunk-received';
      readonly attempt: number;
      readonly events: number;
      readonly retryMs: number | null;
      /** The last event ID string, or null when it has not changed. */
      readonly lastEventId: string | null;
      /** An event said that the answer is complete. */
      readonly complete: boolean;
    }
  /** What the ids say of the stream since it was resumed. */
  | {
      readonly kind: 'resume-observed';
      readonly attempt: number;
      readonly report: Omit<ResumeReportEntry, 'kind' | 'attempt'>;
    }
  | { readonly kind: 'stream-ended'; readonly attempt: number; readonly tally: AttemptTally }
  | {
      readonly kind: 'request-failed';
      readonly attempt: number;
      readonly failure: Failure;
      readonly tally: AttemptTally;
    }
  /** An event outgrew `maxEventBytes`, once a body. */
  | { readonly kind: 'long-event-received'; readonly attempt: number; readonly tally: AttemptTally }
  /** As much of a refused answer as is worth keeping has been read. */
  | { readonly kind: 'refused-body-sufficed'; readonly attempt: number; readonly tally: AttemptTally }
  | {
      readonly kind: 'timer-fired';
      readonly timer: Exclude<MachineTimer, 'watchdog'>;
      readonly tally: AttemptTally;
    }
  /** `lastByteMs`: when the last byte of body came; now, while the log and not the server holds the stream up. */
  | { readonly kind: 'watchdog-fired'; readonly lastByteMs: MonotonicMs; readonly tally: AttemptTally }
  | {
      readonly kind: 'stop-requested';
      readonly by: StoppedBy;
      readonly why: string;
      readonly tally: AttemptTally;
    }
  | { readonly kind: 'reconnect-requested'; readonly tally: AttemptTally }
  | { readonly kind: 'steered'; readonly action: SteerAction; readonly tally: AttemptTally }
  | { readonly kind: 'system-changed'; readonly change: SystemChange; readonly tally: AttemptTally }
  | { readonly kind: 'request-updated'; readonly request: RequestSpec }
  | { readonly kind: 'storage-failed'; readonly message: string; readonly tally: AttemptTally };

export type MachineEffect =
  | { readonly kind: 'record'; readonly entry: JournalEntry }
  | { readonly kind: 'open-request'; readonly attempt: number; readonly message: RequestMessage }
  /** The response's body begins: framed, or only kept. */
  | { readonly kind: 'begin-body'; readonly attempt: number; readonly framing: Framing | null }
  | { readonly kind: 'abort' }
  /** The last event ID string in force is another one, before the attempt that sends it. */
  | { readonly kind: 'set-last-event-id'; readonly lastEventId: string }
  | { readonly kind: 'schedule'; readonly timer: MachineTimer; readonly delayMs: number }
  | { readonly kind: 'cancel-timer'; readonly timer: MachineTimer };

export interface WaitingState {
  readonly delayMs: number;
  readonly dueMs: MonotonicMs;
  readonly source: DelaySource;
  readonly why: string;
}

/** An answer that is no event stream. */
export interface Refusal {
  readonly failure: Failure;
  /** The settings ask again for answers of this status. */
  readonly askAgain: boolean;
  /** What it asked to wait; null when it did not, or when it is not to be heeded. */
  readonly retryAfterMs: number | null;
}

export interface MachineState {
  readonly phase: ConnectionState;
  /** What the next attempt asks for. */
  readonly request: RequestSpec;
  /** Content codings that attempts offer. */
  readonly codings: readonly string[];
  /** The method of the present or last attempt; `request` may have been changed since. */
  readonly method: string;
  /** Number of the present or last attempt; 0 before the first. */
  readonly attempt: number;
  readonly lastEventId: string;
  readonly retryMs: number | null;
  /** Attempts that ended one after another without an event. */
  readonly fruitless: number;
  /** What the body of the present or last answer is read as; null when it is not read, or there was none. */
  readonly framing: Framing | null;
  /** When the first of them ended; null before that. */
  readonly fruitlessSinceMs: MonotonicMs | null;
  /** Set while the body of an answer that was refused is still being read. */
  readonly refusal: Refusal | null;
  /** An event of the present attempt said that the answer is complete. */
  readonly complete: boolean;
  readonly waiting: WaitingState | null;
  /** Nothing is connected by itself. */
  readonly paused: boolean;
  /** The user's choice for the next attempt, as in ConnectionStatus. */
  readonly nextLastEventId: string | null;
  /** The system changed, and the present attempt has to show that it lives; `after` is what happened, as a clause. */
  readonly probe: { readonly sinceMs: MonotonicMs; readonly after: string } | null;
  readonly reason: string;
  readonly failure: Failure | null;
  readonly sinceMs: MonotonicMs;
  /** When the first attempt began. */
  readonly startedMs: MonotonicMs;
  /** When the present attempt began to connect, to where it was redirected last. */
  readonly dialledMs: MonotonicMs;
  /** Set when it is over for good. */
  readonly outcome: Exclude<SessionOutcome, 'live'> | null;
}

export interface MachineStep {
  readonly state: MachineState;
  readonly effects: readonly MachineEffect[];
}
