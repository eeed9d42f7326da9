import { expect, it } from 'vitest';
import { resumeSummary } from '../../../src/cli/resume-summary.ts';
import type { NumberedJournalEntry, ResumeReportEntry } from '../../../src/shared/session/entry.ts';

function journal(...reports: readonly Partial<ResumeReportEntry>[]): NumberedJournalEntry[] {
  return reports.map((change, seq) => ({
    seq,
    atMs: seq,
    entry: {
      kind: 'resume-report',
      attempt: seq + 2,
      afterId: '1',
      firstId: '2',
      ids: 'numeric',
      missing: 0,
      gaps: [],
      repeated: 0,
      repeatedIds: [],
      forgot: false,
      ...change,
    },
  }));
}

it('says nothing where nothing was resumed', () => {
  expect(resumeSummary([])).toBeNull();
});

it('adds the resumes up, the last report of each attempt', () => {
  expect(resumeSummary(journal({ missing: 3 }, { repeated: 2 }))).toBe(
    'Resumed 2 times: 3 missing, 2 repeated.',
  );
  expect(resumeSummary(journal({ attempt: 2, missing: 3 }, { attempt: 2, missing: 1 }))).toBe(
    'Resumed once: 1 missing, 0 repeated.',
  );
});

it('says what the ids cannot tell', () => {
  expect(resumeSummary(journal({ missing: null, repeated: 1, forgot: true }))).toBe(
    'Resumed once: whether events are missing cannot be told from the ids, at least 1 repeated.',
  );
  expect(resumeSummary(journal({ missing: null }, { missing: 2 }))).toContain(
    '2 missing (the ids of 1 cannot tell)',
  );
});
