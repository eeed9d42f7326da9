/**
 * Asks main for the stretch of time that is in view: one question at a time, the latest one next, and no more than ten a second.
 * After an answer that took long main is left alone for as long again.
 * Answers that were overtaken are still shown; they are at most one question old.
 */
import type { TimelineRequest, TimelineSlice } from '../../../shared/session/timeline-slice.ts';

export interface SliceSource {
  want(request: TimelineRequest): void;
  dispose(): void;
}

export const MIN_INTERVAL_MS = 100;

export interface SliceSourceDeps {
  readonly ask: (request: TimelineRequest) => Promise<TimelineSlice>;
  readonly onSlice: (slice: TimelineSlice) => void;
  readonly onError: (error: unknown) => void;
  readonly now: () => number;
  /** Calls back after `ms`; returns the function that takes it back. */
  readonly later: (callback: () => void, ms: number) => () => void;
}

export function createSliceSource({ ask, onSlice, onError, now, later }: SliceSourceDeps): SliceSource {
  let next: TimelineRequest | null = null;
  let asking = false;
  let askedAt = -Infinity;
  let restUntil = -Infinity;
  let cancel: (() => void) | null = null;
  let disposed = false;

  function pump(): void {
    if (!next || asking || cancel || disposed) return;
    const wait = Math.max(askedAt + MIN_INTERVAL_MS, restUntil) - now();
    if (wait > 0) {
      cancel = later(() => {
        cancel = null;
        pump();
      }, wait);
      return;
    }
    const request = next;
    next = null;
    asking = true;
    askedAt = now();
    ask(request)
      .then(
        (slice) => {
          if (!disposed) onSlice(slice);
        },
        (error: unknown) => {
          if (!disposed) onError(error);
        },
      )
      .finally(() => {
        asking = false;
        restUntil = 2 * now() - askedAt;
        pump();
      });
  }

  return {
    want(request) {
      next = request;
      pump();
    },
    dispose() {
      disposed = true;
      cancel?.();
    },
  };
}
