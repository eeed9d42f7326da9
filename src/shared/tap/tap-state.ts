/** What is told about taps while they run: their state, the requests that pass through, the events that are held. */
import type { EpochMs } from '../base/clock.ts';
import type { Framing } from '../sse/framing.ts';
import type { TapSpec } from './tap-spec.ts';

export type TapRunState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'running';
      readonly port: number;
      /** What programs are given as their base URL, the token included where one is wanted. */
      readonly address: string;
    }
  | { readonly kind: 'failed'; readonly message: string };

export interface TapStatus {
  readonly spec: TapSpec;
  readonly run: TapRunState;
  readonly requests: number;
  readonly open: number;
  readonly held: number;
}

export interface TapExchange {
  readonly id: number;
  /** null while its session is not stored yet, or cannot be. */
  readonly sessionId: string | null;
  readonly startedAt: EpochMs;
  readonly method: string;
  /** With secrets hidden. */
  readonly path: string;
  readonly state: 'waiting' | 'open' | 'ended' | 'failed';
  readonly status: number | null;
  /** `stream`: it is read event by event; `answer`: anything else with a body. */
  readonly kind: 'stream' | 'answer' | 'upgrade' | null;
  readonly framing: Framing | null;
  readonly events: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** null while it goes on. */
  readonly durationMs: number | null;
  /** Why it failed, or what was done to it; "". */
  readonly note: string;
}

/** An event that waits for somebody. */
export interface HeldEvent {
  readonly id: number;
  readonly exchangeId: number;
  readonly sessionId: string | null;
  /** Of the request. */
  readonly path: string;
  readonly type: string;
  readonly heldAt: EpochMs;
  /** The frame as it came, as text; null when it is binary and cannot be edited. */
  readonly text: string | null;
  /** Events behind it that wait too. */
  readonly waiting: number;
}

export type HeldVerdict =
  | { readonly kind: 'release' }
  | { readonly kind: 'drop' }
  /** `text` goes on instead, to the byte. */
  | { readonly kind: 'edit'; readonly text: string };
