/**
 * Checks over one session: entries and reads go in, in their order and in any pieces; results come out at any time. Holds what
 * the checks hold and, when one of them asks for it, what is rebuilt from the stream; never the entries themselves. The same
 * entries give the same results, however they were cut up and however often somebody looked in between.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { DecodedEntry } from '../export/decoded-entries.ts';
import { foldEntry, type Rebuilt } from '../export/fold-entries.ts';
import { createStreamFold } from '../protocol/stream-fold.ts';
import type { NumberedJournalEntry } from '../session/entry.ts';
import type { SocketRead } from '../session/log.ts';
import type { Check, CheckResult, CheckSource, Moment, RunningCheck, Verdict } from './check.ts';
import { createFactsOf } from './entry-facts.ts';

export interface Evaluation {
  /** The next entry. Reads that brought bytes of it have been given before. */
  entry(entry: DecodedEntry): void;
  read(read: SocketRead): void;
  /** Everything that came until then has been given. */
  time(nowMs: MonotonicMs): void;
  /** Nothing more will come. */
  end(): void;
  /** One a check, in their order. */
  results(): readonly CheckResult[];
  /** The next entry that is wanted. */
  readonly next: SeqNo;
  readonly needsReads: boolean;
  /** Some check has a regular expression, which may take for ever: run what is called here under a limit. */
  readonly hasRegex: boolean;
}

const NOTHING: Rebuilt = { completions: [], exchanges: [] };

export function createEvaluation(checks: readonly Check[], source: CheckSource): Evaluation {
  const running = checks.map((check) => ({ check, run: check.start(source) }));
  const onEntry = running.flatMap(({ run }) =>
    run.entry ? [run as Required<Pick<RunningCheck, 'entry'>>] : [],
  );
  const onRead = running.flatMap(({ run }) =>
    run.read ? [run as Required<Pick<RunningCheck, 'read'>>] : [],
  );
  const factsOf = createFactsOf();
  const fold = checks.some(({ needs }) => needs.includes('rebuilt'))
    ? createStreamFold(source.byteText)
    : null;
  const journal: NumberedJournalEntry[] = [];
  let next: SeqNo = 0;
  let nowMs: MonotonicMs = 0;
  let ended = false;

  return {
    entry(entry) {
      next = entry.seq + 1;
      nowMs = Math.max(nowMs, entry.atMs);
      if (fold) {
        foldEntry(fold, entry);
        if (entry.what === 'journal') journal.push({ seq: entry.seq, atMs: entry.atMs, entry: entry.entry });
      }
      const facts = factsOf(entry);
      for (const run of onEntry) run.entry(entry, facts);
    },
    read(read) {
      for (const run of onRead) run.read(read);
    },
    time(atMs) {
      nowMs = Math.max(nowMs, atMs);
    },
    end() {
      ended = true;
      fold?.end();
    },
    results() {
      const rebuilt: Rebuilt = fold
        ? { completions: fold.completions(), exchanges: fold.exchanges() }
        : NOTHING;
      const moment: Moment = { ended, nowMs, rebuilt, journal };
      return running.map(({ check, run }) => resultOf(check, run.verdict(moment)));
    },
    get next() {
      return next;
    },
    needsReads: checks.some(({ needs }) => needs.includes('reads')),
    hasRegex: checks.some(({ hasRegex }) => hasRegex),
  };
}

function resultOf({ index, kind, name, line }: Check, verdict: Verdict): CheckResult {
  return { index, kind, name, line, ...verdict };
}

/** How many results are of each state. */
export type Tally = Readonly<Record<CheckResult['state'], number>>;

export function tallyOf(results: readonly CheckResult[]): Tally {
  const tally = { pending: 0, passed: 0, failed: 0, 'not-applicable': 0 };
  for (const { state } of results) tally[state] += 1;
  return tally;
}
