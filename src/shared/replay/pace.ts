/** From the recording's clock to the client's: factor, shortened silences, delays on the way. Times never run backwards. */
import type { ReplaySpeed } from './replay-options.ts';

export interface Pace {
  /** When something is due that came at `atMs` of the recording; on the client's clock, which reads 0 at its start. */
  due(atMs: number): number;
  /** Everything that follows comes this much later. */
  shift(ms: number): void;
  /** Nothing that follows is due before. */
  notBefore(ms: number): void;
  /** The recording goes on at `atMs` without a gap, as after a jump or at the start of another round. */
  rebase(atMs: number): void;
  /** The latest time that was given out. */
  readonly latestMs: number;
}

export interface PaceOptions {
  readonly speed: ReplaySpeed;
  readonly maxGapMs: number | null;
  /** The recording's clock at the client's time 0. */
  readonly startMs: number;
}

export function createPace({ speed, maxGapMs, startMs }: PaceOptions): Pace {
  // Step by step is the original pace with the clock held.
  const perMs = speed === 'instant' ? 0 : 1 / (speed === 'step' ? 1 : speed);
  const longest = maxGapMs ?? Infinity;
  let lastAtMs = startMs;
  /** Exact, so that rounding does not add up. */
  let elapsedMs = 0;
  let latestMs = 0;
  return {
    get latestMs() {
      return latestMs;
    },
    due(atMs) {
      const gapMs = Math.max(0, atMs - lastAtMs);
      lastAtMs = Math.max(lastAtMs, atMs);
      elapsedMs += Math.min(gapMs * perMs, longest);
      latestMs = Math.max(latestMs, elapsedMs);
      return latestMs;
    },
    shift(ms) {
      elapsedMs = Math.max(elapsedMs, latestMs) + ms;
      latestMs = elapsedMs;
    },
    notBefore(ms) {
      latestMs = Math.max(latestMs, ms);
    },
    rebase(atMs) {
      lastAtMs = atMs;
    },
  };
}
