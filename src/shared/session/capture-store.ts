/** Where sessions are kept. */
import type { EpochMs } from '../base/clock.ts';
import type { SessionLabels, SessionOrigin, SessionOutcome, SessionSummary } from './entry.ts';
import type { SessionLog, SessionReader, StorageFailed } from './log.ts';

/** What a new session is made from; already redacted. */
export interface NewSession {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly endpointId: string | null;
  readonly startedAt: EpochMs;
  /** Default: recorded by the window. */
  readonly origin?: SessionOrigin | null;
}

export interface CaptureStore {
  /** Newest first. Folders that are not sessions are passed over. */
  list(): Promise<readonly SessionSummary[]>;
  create(session: NewSession, onFailure: StorageFailed): Promise<SessionLog>;
  /** Opens for reading; repairs a torn tail first and says so in the log. The same reader is shared until `release`. */
  open(sessionId: string): Promise<SessionReader>;
  release(sessionId: string): Promise<void>;
  /** Called when a session's connection is over: writes the final counts and outcome. */
  finish(sessionId: string, outcome: Exclude<SessionOutcome, 'live'>): Promise<void>;
  /** Changes what the user says of it; what is not given stays. */
  describe(sessionId: string, labels: Partial<SessionLabels>): Promise<void>;
  /** Moves the session out of the list; `restore` brings it back until the app ends. */
  remove(sessionId: string): Promise<void>;
  restore(sessionId: string): Promise<void>;
  summary(sessionId: string): Promise<SessionSummary>;
}
