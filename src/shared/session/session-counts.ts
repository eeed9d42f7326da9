/** Counts of a session's entries, kept while they are appended. */
import type { SessionCounts } from './entry.ts';
import { kindNumberOf } from './index-record.ts';

const EVENT = kindNumberOf('event');
const COMMENT = kindNumberOf('comment');
const ATTEMPT_START = kindNumberOf('attempt-start');

export interface CountTally {
  add(kindNumber: number): void;
  /** The counts now, with the body bytes that the log keeps. */
  snapshot(bodyBytes: number): SessionCounts;
}

export function createCountTally(from?: SessionCounts): CountTally {
  let entries = from?.entries ?? 0;
  let events = from?.events ?? 0;
  let comments = from?.comments ?? 0;
  let attempts = from?.attempts ?? 0;
  return {
    add(kindNumber) {
      entries += 1;
      if (kindNumber === EVENT) events += 1;
      else if (kindNumber === COMMENT) comments += 1;
      else if (kindNumber === ATTEMPT_START) attempts += 1;
    },
    snapshot: (bodyBytes) => ({ entries, events, comments, attempts, bodyBytes }),
  };
}
