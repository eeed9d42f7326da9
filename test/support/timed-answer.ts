/** Answers with times that a test chooses. */
import type { Completion } from '../../src/shared/chat/completion.ts';
import { createFold } from '../../src/shared/chat/fold.ts';
import type { JournalEntry, NumberedJournalEntry } from '../../src/shared/session/entry.ts';

/** An event: when it came, and what it says besides `choices` (a delta when it has no `usage`). */
export type TimedEvent = readonly [atMs: number, delta: object, more?: object];

/** An answer in OpenAI's chat format; its events are entries 10, 11, … and `[DONE]` comes with the last. */
export function timedAnswer(events: readonly TimedEvent[], ended = true): Completion {
  const fold = createFold();
  let last = 0;
  for (const [at, [atMs, delta, more]] of events.entries()) {
    const data = JSON.stringify({ choices: [{ index: 0, delta }], ...more });
    fold.push({ type: 'message', data, seq: 10 + at, atMs });
    last = atMs;
  }
  if (ended) fold.push({ type: 'message', data: '[DONE]', seq: 10 + events.length, atMs: last });
  const [completion] = fold.view();
  if (!completion) throw new Error('No completion');
  return completion;
}

const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null };

/** The journal of one attempt: sent at `sentAtMs`, with its head, and with its first byte told at the end. */
export function timedJournal(
  sentAtMs: number,
  headAtMs: number,
  firstByteMs: number | null = null,
): NumberedJournalEntry[] {
  const entries = [
    { seq: 0, atMs: sentAtMs, entry: { kind: 'attempt-start', attempt: 1 } },
    { seq: 1, atMs: headAtMs, entry: { kind: 'response-head', attempt: 1, timings: NO_TIMINGS } },
  ];
  const end = {
    seq: 900,
    atMs: 90_000,
    entry: { kind: 'attempt-end', attempt: 1, timings: { ...NO_TIMINGS, firstByteMs } },
  };
  // Only what times are read from is there.
  return [...entries, ...(firstByteMs === null ? [] : [end])].map((one) => ({
    ...one,
    entry: one.entry as JournalEntry,
  }));
}
