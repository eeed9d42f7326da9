/** What the connection has to know of the events that come: whether the answer is complete, and what their ids say after a resume. */
import type { MonotonicMs } from '../base/clock.ts';
import type { ParsedFrame } from '../sse/types.ts';
import { createBurstWatch } from './burst-watch.ts';
import { createIdLedger, type ResumeReport } from './id-ledger.ts';

export interface StreamWatch {
  /** An event of this body said that the answer is complete. */
  readonly complete: boolean;
  /** A body that is read as events begins; `terminators` are data or types of events that end an answer. */
  begin(terminators: ReadonlySet<string>): void;
  frame(frame: Readonly<ParsedFrame>): void;
  /** Several events come at a time, after silent gaps. */
  readonly inBursts: boolean;
  /** A read brought this many whole events. Gives whether `inBursts` has changed. */
  read(atMs: MonotonicMs, events: number): boolean;
  /** News about the resume since the last call. */
  news(atEnd: boolean): ResumeReport | null;
}

/** Data that is longer is content. */
const MAX_TERMINATOR_CHARS = 64;

export function createStreamWatch(): StreamWatch {
  const ledger = createIdLedger();
  const bursts = createBurstWatch();
  let terminators: ReadonlySet<string> = new Set();
  let complete = false;
  return {
    get complete() {
      return complete;
    },
    get inBursts() {
      return bursts.inBursts;
    },
    read: (atMs, events) => bursts.read(atMs, events),
    begin(next) {
      terminators = next;
      complete = false;
      ledger.begin();
      bursts.begin();
    },
    frame(frame) {
      const { kind, id, eventType } = frame;
      if (kind !== 'event') return;
      if (id !== null) ledger.add(id);
      if (complete || terminators.size === 0) return;
      const { data } = frame;
      complete =
        (data.length <= MAX_TERMINATOR_CHARS && terminators.has(data)) ||
        (eventType !== null && eventType !== 'message' && terminators.has(eventType));
    },
    news: (atEnd) => ledger.news(atEnd),
  };
}
