/** What can be done to a stream on purpose, and when. The language that says it is described in docs/faults.md. */
import type { Query } from '../filter/query.ts';

/** From and to, both included. */
export interface NumberRange {
  readonly from: number;
  /** Infinity: without end. */
  readonly to: number;
}

export type FaultPlace = 'before' | 'middle' | 'after';

export type FaultAction =
  /** Nothing is sent for a while, or ever again (Infinity). */
  | { readonly kind: 'stall'; readonly ms: number }
  | { readonly kind: 'drop' }
  /** The connection is reset (RST). */
  | { readonly kind: 'reset' }
  /** The answer ends properly, though there is more. */
  | { readonly kind: 'close' }
  | { readonly kind: 'duplicate'; readonly copies: number }
  /** Changes places with the next event (2), or shuffles this many events from here on. */
  | { readonly kind: 'reorder'; readonly events: number; readonly shuffle: boolean }
  /** This many bytes become others; or one byte, at a place, to a value. */
  | {
      readonly kind: 'corrupt';
      readonly bytes: number;
      readonly at: number | null;
      readonly to: number | null;
    }
  /** The connection ends in the middle: the body has no proper end, or is shorter than its Content-Length. */
  | { readonly kind: 'truncate'; readonly how: 'no-end' | 'short-length' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly body: string;
    }
  | { readonly kind: 'content-type'; readonly type: string }
  | { readonly kind: 'redirect'; readonly to: string; readonly status: number }
  | { readonly kind: 'trickle'; readonly bytesPerSecond: number }
  /** A line of this many bytes without an end; Infinity: until the client leaves. */
  | { readonly kind: 'endless-line'; readonly bytes: number }
  | { readonly kind: 'insert'; readonly text: string };

export type FaultKind = FaultAction['kind'];

export interface FaultWhen {
  /** Numbers of events, from 1; null: any. */
  readonly events: readonly NumberRange[] | null;
  readonly id: string | null;
  readonly type: string | null;
  readonly filter: { readonly text: string; readonly query: Query } | null;
  /** Of the body of this answer. */
  readonly afterBytes: number | null;
  /** Since the head of this answer. */
  readonly afterMs: number | null;
  /** Of those that meet the other conditions. */
  readonly every: number | null;
  readonly attempts: readonly NumberRange[] | null;
  /** 0 to 1. */
  readonly chance: number | null;
  /** In one answer. */
  readonly times: number | null;
}

export interface Fault {
  readonly action: FaultAction;
  readonly when: FaultWhen;
  readonly place: FaultPlace;
}

export interface FaultPlan {
  readonly seed: number;
  readonly faults: readonly Fault[];
}

export const NO_FAULTS: FaultPlan = { seed: 1, faults: [] };

/** These decide about the head of an answer and see no events. */
export const HEAD_KINDS: ReadonlySet<FaultKind> = new Set(['status', 'content-type', 'redirect']);

/** These happen to the stream at one place of it, and can do without an event. */
export const STREAM_KINDS: ReadonlySet<FaultKind> = new Set([
  'stall',
  'reset',
  'close',
  'truncate',
  'endless-line',
  'insert',
]);

/** Whether the fault waits for an event, and not only for a number of bytes or a time. */
export function waitsForEvent({ events, id, type, filter, every, chance }: FaultWhen): boolean {
  return [events, id, type, filter, every, chance].some((condition) => condition !== null);
}
