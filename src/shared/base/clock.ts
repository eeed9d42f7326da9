/** Milliseconds of a monotonic clock since the session began; fractions are kept. Never a wall-clock time. */
export type MonotonicMs = number & { readonly __brand?: 'MonotonicMs' };

/** Milliseconds since the Unix epoch. Only for showing and exporting, never for measuring. */
export type EpochMs = number & { readonly __brand?: 'EpochMs' };

/** Number of an entry in its session's log, from 0, without holes. */
export type SeqNo = number & { readonly __brand?: 'SeqNo' };

/** Where pure code gets its time from. */
export interface Clock {
  /** Monotonic milliseconds since an origin of the clock's own. */
  nowMs(): MonotonicMs;
  /** Wall-clock time. */
  epochMs(): EpochMs;
}
