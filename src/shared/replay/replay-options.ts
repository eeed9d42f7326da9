/** How a recording is played; what the window, the command line and the service share. */

/** A factor of the original pace; `instant`: without waiting; `step`: the clock is held from the start,
 * and each write waits to be asked for. */
export type ReplaySpeed = number | 'instant' | 'step';

/** What one write to the socket is. */
export type ReplayCut = (typeof REPLAY_CUTS)[number];

/**
 * - `reads`: what one socket read brought when it was recorded.
 * - `event`: one frame.
 * - `byte`: one byte.
 * - `mid-char`: as `reads`, and cut once more inside each character of several bytes.
 * - `all`: everything at once.
 */
export const REPLAY_CUTS = ['reads', 'event', 'byte', 'mid-char', 'all'] as const;

/**
 * What a request is answered with: the `whole` recording, or recorded attempts one after another: the first request of a client gets
 * the first one, its next request the next one.
 */
export type ReplayAttempts = (typeof REPLAY_ATTEMPTS)[number];

export const REPLAY_ATTEMPTS = ['whole', 'each'] as const;

export interface ReplayOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly speed: ReplaySpeed;
  readonly cut: ReplayCut;
  readonly attempts: ReplayAttempts;
  /** Begin again at the end, within the same answer. */
  readonly loop: boolean;
  /** Let pages of any origin read it. */
  readonly cors: boolean;
  /** Longer silences are played this long; null: as they were. */
  readonly maxGapMs: number | null;
}

export const DEFAULT_REPLAY: ReplayOptions = {
  port: 0,
  speed: 1,
  cut: 'reads',
  attempts: 'whole',
  loop: false,
  cors: true,
  maxGapMs: null,
};

export const MIN_SPEED = 0.01;
export const MAX_SPEED = 1000;
