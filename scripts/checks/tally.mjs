/** Counts of tests. A runner that crashed, or said nothing, counts as a failure: silence is never green. */

export const tally = (passed = 0, failed = 0, skipped = 0) => ({ passed, failed, skipped });

export const add = (a, b) => tally(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped);

/** Of a report by vitest's `json` reporter. Files that could not even be loaded have no tests and count as one failure. */
export function tallyOfVitest(report) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return tally(
    report.numPassedTests,
    report.numFailedTests + unloaded.length,
    report.numPendingTests + report.numTodoTests,
  );
}

/** Of a report by Playwright's `json` reporter. A test that needed a second try is not a good test. */
export function tallyOfPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return tally(expected, unexpected + flaky + report.errors.length, skipped);
}

/** The tally of a runner that ended with `code`; `counts` is null when it left no report. */
export function withExitCode(counts, code) {
  if (counts === null) return tally(0, 1);
  return code !== 0 && counts.failed === 0 ? add(counts, tally(0, 1)) : counts;
}

export function summary({ passed, failed }) {
  return `Tests: ${passed} passed, ${failed} failed`;
}
