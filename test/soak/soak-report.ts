/** What a soak is asked for, what it found, and whether that is good. */
import type { MemoryReport } from './memory-watch.ts';

export interface SoakSettings {
  readonly seed: number;
  readonly connections: number;
  readonly durationMs: number;
  /** Events that the server numbers a second, for each stream. */
  readonly eventsPerSecond: number;
  /** How long a connection lasts on average until the server ends it; the client drops it as often. */
  readonly dropMs: number;
}

export interface SoakReport {
  readonly settings: SoakSettings;
  /** Events that the server numbered, and those that are in the sessions. */
  readonly numbered: number;
  readonly events: number;
  /** Events of streams without ids that fell between two connections. */
  readonly missedWithoutIds: number;
  readonly attempts: number;
  readonly droppedByClient: number;
  /** What the server did to connections, and how often. */
  readonly serverFaults: Readonly<Record<string, number>>;
  /** Events lost, doubled or out of order, failures to store, warnings of the runtime. */
  readonly faults: readonly string[];
  /** Sockets, timers, listeners and files that are still there. */
  readonly leftOver: readonly string[];
  readonly memory: MemoryReport;
}
