/** The journal, read as a list of attempts: what the Connection view and the timeline's bands show. */
import type {
  AttemptEndEntry,
  AttemptStartEntry,
  ConnectionClosedEntry,
  NumberedJournalEntry,
  RedirectEntry,
  ResponseHeadEntry,
  ResumeReportEntry,
  RetryScheduledEntry,
  SteeredEntry,
} from './entry.ts';

export interface At<T> {
  readonly seq: number;
  readonly atMs: number;
  readonly entry: T;
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly start: At<AttemptStartEntry>;
  readonly redirects: readonly At<RedirectEntry>[];
  readonly head: At<ResponseHeadEntry> | null;
  readonly end: At<AttemptEndEntry> | null;
  /** What the ids say of the resume; the newest report. */
  readonly resume: At<ResumeReportEntry> | null;
  /** What was done to it from outside, and to the wait after it. */
  readonly steered: readonly At<SteeredEntry>[];
  /** What was decided when it ended. */
  readonly decision: At<RetryScheduledEntry> | At<ConnectionClosedEntry> | null;
}

/** Groups journal entries by attempt, in order. Entries of an attempt whose start is missing are passed over. */
export function attemptsOf(journal: readonly NumberedJournalEntry[]): AttemptRecord[] {
  type Draft = { -readonly [K in keyof AttemptRecord]: AttemptRecord[K] } & {
    redirects: At<RedirectEntry>[];
    steered: At<SteeredEntry>[];
  };
  const drafts: Draft[] = [];
  for (const { seq, atMs, entry } of journal) {
    if (entry.kind === 'attempt-start') {
      drafts.push({
        attempt: entry.attempt,
        start: { seq, atMs, entry },
        redirects: [],
        head: null,
        end: null,
        resume: null,
        steered: [],
        decision: null,
      });
      continue;
    }
    const draft = drafts.at(-1);
    if (!draft) continue;
    if (entry.kind === 'redirect') draft.redirects.push({ seq, atMs, entry });
    else if (entry.kind === 'response-head') draft.head = { seq, atMs, entry };
    else if (entry.kind === 'attempt-end') draft.end = { seq, atMs, entry };
    else if (entry.kind === 'resume-report') draft.resume = { seq, atMs, entry };
    else if (entry.kind === 'steered') draft.steered.push({ seq, atMs, entry });
    else if (entry.kind === 'retry-scheduled') draft.decision = { seq, atMs, entry };
    else if (entry.kind === 'connection-closed') draft.decision = { seq, atMs, entry };
  }
  return drafts;
}
