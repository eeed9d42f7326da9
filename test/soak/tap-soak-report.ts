/** The words of the soak of a tap. */
import type { MemoryReport } from './memory-watch.ts';

export interface TapSoakSettings {
  readonly seed: number;
  /** Streams at once. */
  readonly connections: number;
  readonly durationMs: number;
  /** Of each stream. */
  readonly eventsPerSecond: number;
  /** A client drops its stream after so long, on average, and asks again. */
  readonly dropMs: number;
}

export interface StreamCount {
  sent: number;
  received: number;
  /** By its client; else it ended in good order. */
  dropped: boolean;
}

export type ToPeer = { readonly kind: 'read'; readonly origin: string } | { readonly kind: 'finish' };

export type FromPeer =
  | { readonly kind: 'listening'; readonly port: number }
  | {
      readonly kind: 'finished';
      readonly streams: readonly (readonly [number: number, count: StreamCount])[];
      readonly faults: readonly string[];
    };

export interface TapSoakReport {
  readonly settings: TapSoakSettings;
  readonly streams: number;
  readonly dropped: number;
  readonly sent: number;
  readonly received: number;
  /** In the sessions. */
  readonly recorded: number;
  readonly faults: readonly string[];
  /** Sockets, timers, listeners, files. */
  readonly leftOver: readonly string[];
  readonly memory: MemoryReport;
}
