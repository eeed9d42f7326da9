/**
 * Which of what happens in a session an endpoint asks to be alerted to. Entries, results of checks and the time go in, in their
 * order; what is raised comes out. How often the user is told is the gate's business.
 */
import type { CheckResult } from '../checks/check.ts';
import type { EventMatch } from '../checks/event-match.ts';
import { quoted } from '../checks/words.ts';
import type { AlertSpec } from '../connection/alert-spec.ts';
import { delayText } from '../connection/delay-text.ts';
import type { DecodedEntry } from '../export/decoded-entries.ts';
import type { EventFacts } from '../filter/matches.ts';
import type { JournalEntry } from '../session/entry.ts';
import type { Raised } from './alert-gate.ts';

export interface AlertJudge {
  entry(entry: DecodedEntry, facts: EventFacts): void;
  /** The results of the endpoint's checks, each time they may have changed. */
  results(results: readonly CheckResult[]): void;
  /** Everything until now has been given, and the stream has brought `bodyBytes` so far. */
  time(nowMs: number, bodyBytes: number): void;
}

export function createAlertJudge(
  spec: AlertSpec,
  /** null: the spec has no query. */
  match: EventMatch | null,
  raise: (raised: Raised) => void,
): AlertJudge {
  const query = quoted(spec.matches.trim());
  const failed = new Set<number>();
  let attempt = 0;
  /** Since when nothing came; null: no stream is open, or it was told. */
  let quietSinceMs: number | null = null;
  let isOpen = false;
  let bytes = -1;

  function journal(entry: JournalEntry): void {
    if (entry.kind === 'attempt-start') attempt = entry.attempt;
    if (entry.kind === 'response-head' && entry.accepted) {
      isOpen = true;
      bytes = -1;
    }
    if (entry.kind !== 'attempt-end') return;
    isOpen = false;
    quietSinceMs = null;
    const { how, failure } = entry;
    if (how === 'end-of-stream' && spec.onEnd) raise({ rule: 'end', attempt, message: 'The stream ended.' });
    if ((how === 'failed' || how === 'refused') && spec.onFailure)
      raise({ rule: 'failure', attempt, message: failure?.message ?? 'The attempt failed.' });
  }

  return {
    entry(entry, facts) {
      if (entry.what === 'journal') journal(entry.entry);
      // What alerts say is no event of the stream, even to a query for everything.
      if (!match || facts.kind === 'alert' || !match(facts)) return;
      raise({ rule: 'match', attempt: facts.attempt, message: `Event #${entry.seq} matches ${query}.` });
    },
    results(results) {
      for (const { index, name, state, sentence } of results) {
        if (state !== 'failed' || failed.has(index)) continue;
        failed.add(index);
        raise({ rule: 'check-failed', attempt, message: `The check ${quoted(name)} failed: ${sentence}` });
      }
    },
    time(nowMs, bodyBytes) {
      if (!isOpen || spec.stallMs === 0) return;
      if (bodyBytes !== bytes) {
        bytes = bodyBytes;
        quietSinceMs = nowMs;
      }
      if (quietSinceMs === null || nowMs - quietSinceMs < spec.stallMs) return;
      quietSinceMs = null;
      raise({
        rule: 'stall',
        attempt,
        message: `The stream stalls: nothing came for ${delayText(spec.stallMs)}.`,
      });
    },
  };
}
