import { describe, expect, it } from 'vitest';
import {
  summary,
  tally,
  tallyOfPlaywright,
  tallyOfVitest,
  withExitCode,
} from '../../../scripts/checks/tally.mjs';

const vitestReport = (over) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

describe('the tally', () => {
  it('counts what vitest reports', () => {
    const report = vitestReport({
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
    });
    expect(tallyOfVitest(report)).toEqual(tally(7, 1, 3));
  });

  it('counts a file that could not be loaded as one failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    expect(tallyOfVitest(vitestReport({ numPassedTests: 1, numFailedTests: 1, testResults })).failed).toBe(2);
  });

  it('counts flaky tests and errors outside of tests as failures of Playwright', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(tallyOfPlaywright({ stats, errors: [{}] })).toEqual(tally(5, 3, 2));
  });

  it('never takes silence for success', () => {
    expect(withExitCode(null, 0)).toEqual(tally(0, 1));
    expect(withExitCode(tally(5, 0), 1)).toEqual(tally(5, 1));
    expect(withExitCode(tally(5, 2), 1)).toEqual(tally(5, 2));
    expect(withExitCode(tally(5, 0, 1), 0)).toEqual(tally(5, 0, 1));
  });

  it('ends with a line that programs can read', () => {
    expect(summary(tally(12, 0, 3))).toBe('Tests: 12 passed, 0 failed');
  });
});
