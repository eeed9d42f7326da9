/** A stretch of a session's time, counted into buckets: its size is the width of the canvas, not the number of events. */
import type { MonotonicMs } from '../base/clock.ts';

export interface TimelineRequest {
  readonly fromMs: MonotonicMs;
  readonly toMs: MonotonicMs;
  /** Usually one a pixel; 1 to 4096. */
  readonly buckets: number;
}

export interface TimelineLane {
  /** Event type, or a frame kind such as "comment" for frames that are no events. */
  readonly name: string;
  readonly isEventType: boolean;
  /** Frames a bucket. */
  readonly counts: Uint32Array;
}

export interface TimelineSlice extends TimelineRequest {
  readonly lanes: readonly TimelineLane[];
  /** Body bytes a bucket. */
  readonly bytes: Float64Array;
  /** Whole session, for the scale. */
  readonly sessionEndMs: MonotonicMs;
}
