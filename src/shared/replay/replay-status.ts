/** What is told about replays and their clients. */
import type { EpochMs } from '../base/clock.ts';
import type { ReplayOptions } from './replay-options.ts';

/**
 * - `playing`, `held`: its clock runs, or was stopped by the user.
 * - `silent`: a fault keeps the connection open and sends nothing more.
 * - `done`: it got the recording to its end.
 * - `answered`: it got an answer without a stream: a status, a redirect, 204.
 * - `broken`: a fault, or the recording, ended it early.
 * - `left`: it went away.
 * - `failed`: the recording could not be read.
 */
export type ReplayClientState =
  'playing' | 'held' | 'silent' | 'done' | 'answered' | 'broken' | 'left' | 'failed';

/** What can be done to a client's clock, or its connection. */
export type ReplayControl = (typeof REPLAY_CONTROLS)[number];

export const REPLAY_CONTROLS = ['hold', 'let-go', 'step', 'disconnect'] as const;

/** A fault that a client got. */
export interface AppliedFault {
  readonly text: string;
  /** On the client's clock. */
  readonly atMs: number;
}

/** One request and what it got. */
export interface ReplayClient {
  /** From 1, in the order in which they came. */
  readonly number: number;
  readonly attempt: number;
  readonly startedAt: EpochMs;
  readonly method: string;
  readonly path: string;
  readonly userAgent: string;
  /** As it was sent; "" when it was not. */
  readonly lastEventId: string;
  readonly state: ReplayClientState;
  /** Says more about the state, for people; "" when there is nothing to say. */
  readonly note: string;
  readonly status: number;
  readonly sentBytes: number;
  readonly sentEvents: number;
  /** How far the recording was played, on its clock, since its head. */
  readonly positionMs: number;
  /** From 0; more when it loops. */
  readonly round: number;
  readonly clockMs: number;
  readonly faults: readonly AppliedFault[];
}

export interface ReplayInfo {
  readonly id: string;
  readonly sessionId: string;
  readonly name: string;
  readonly state: 'running' | 'stopped';
  /** Where it is served, with the recorded path; "" when it is not. */
  readonly url: string;
  readonly options: ReplayOptions;
  /** The fault script. */
  readonly faults: string;
  /** The script is the one beside the session. */
  readonly faultsSaved: boolean;
  readonly durationMs: number;
  readonly bodyBytes: number;
  /** The newest first; of those that are over only some. */
  readonly clients: readonly ReplayClient[];
  readonly requests: number;
  readonly active: number;
}
