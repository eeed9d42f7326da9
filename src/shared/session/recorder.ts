/**
 * Takes what a connection brings and appends it to a log: socket reads become wire bytes and frames with their meaning,
 * everything else becomes journal entries. The only place where capture parses, once a byte.
 */
import type { MonotonicMs } from '../base/clock.ts';
import type { JournalEntry } from './entry.ts';

/** What the connection machine needs to know of a read. */
export interface ReadOutcome {
  /** Events dispatched by this read. */
  readonly events: number;
  /** The last `retry` that counted in this read, else null. */
  readonly retryMs: number | null;
}

export interface Recorder {
  /** The last event ID string, as the standard keeps it over reconnects. */
  readonly lastEventId: string;
  /** A response body begins: new decoder and parser state, one BOM may come. `asEvents` false: bytes are kept, not framed. */
  beginBody(attempt: number, asEvents: boolean): void;
  /** One socket read of the decoded body. */
  read(bytes: Uint8Array, atMs: MonotonicMs): ReadOutcome;
  /** The body is over: what has no blank line becomes an `incomplete` frame. A `retry` in it still counts. */
  endBody(atMs: MonotonicMs): ReadOutcome;
  entry(entry: JournalEntry, atMs: MonotonicMs): void;
  /** Resolves when the log can take more. */
  drained(): Promise<void>;
}
