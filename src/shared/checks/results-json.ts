/** Results of checks as JSON: the keys are a promise (docs/checks.md). */
import type { CheckResult } from './check.ts';
import { tallyOf } from './evaluation.ts';

export interface JsonResults {
  readonly target: string;
  readonly results: readonly CheckResult[];
  readonly failure: string | null;
}

export function resultsJson({ target, results, failure }: JsonResults): object {
  const tally = tallyOf(results);
  return {
    target,
    outcome: failure !== null ? 'error' : tally.failed + tally.pending > 0 ? 'failed' : 'passed',
    passed: tally.passed,
    failed: tally.failed,
    pending: tally.pending,
    notApplicable: tally['not-applicable'],
    failure,
    checks: results.map(({ kind, name, line, state, sentence, seqs, total }) => {
      return { name, kind, line, state, sentence, seqs, total: total ?? seqs.length };
    }),
  };
}
