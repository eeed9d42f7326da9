/**
 * Notices a stream that comes in bursts: several events at a time, each time after a silent gap, as when a proxy on the way
 * collects what the server sends one by one.
 */
import type { MonotonicMs } from '../base/clock.ts';

export interface BurstWatch {
  /** The last bursts followed one another with nothing in between. */
  readonly inBursts: boolean;
  begin(): void;
  /** A read brought this many whole events. Gives whether `inBursts` has changed. */
  read(atMs: MonotonicMs, events: number): boolean;
}

/** Reads that are closer together than this are one burst. */
const TOGETHER_MS = 200;
const SILENCE_MS = 2000;
const LEAST_EVENTS = 4;
const LEAST_BURSTS = 3;

export function createBurstWatch(): BurstWatch {
  let lastMs: MonotonicMs | null = null;
  let events = 0;
  let bursts = 0;
  let inBursts = false;
  return {
    get inBursts() {
      return inBursts;
    },
    begin() {
      lastMs = null;
      events = 0;
      bursts = 0;
      inBursts = false;
    },
    read(atMs, more) {
      const before = inBursts;
      const gapMs = lastMs === null ? 0 : atMs - lastMs;
      lastMs = atMs;
      if (gapMs < TOGETHER_MS) events += more;
      else {
        bursts = gapMs >= SILENCE_MS && events >= LEAST_EVENTS ? bursts + 1 : 0;
        events = more;
      }
      inBursts = bursts >= LEAST_BURSTS;
      return inBursts !== before;
    },
  };
}
