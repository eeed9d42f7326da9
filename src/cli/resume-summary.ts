/** What the resumes of a recording missed and repeated, in one sentence for its end. Pure. */
import type { NumberedJournalEntry, ResumeReportEntry } from '../shared/session/entry.ts';

/** null when nothing was resumed, or no ids tell of it. */
export function resumeSummary(journal: readonly NumberedJournalEntry[]): string | null {
  const last = new Map<number, ResumeReportEntry>();
  for (const { entry } of journal) if (entry.kind === 'resume-report') last.set(entry.attempt, entry);
  if (last.size === 0) return null;
  const reports = [...last.values()];
  const sum = (of: (report: ResumeReportEntry) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const untold = reports.filter(({ missing }) => missing === null).length;
  const gaps =
    untold === reports.length
      ? 'whether events are missing cannot be told from the ids'
      : `${sum(({ missing }) => missing ?? 0)} missing${untold > 0 ? ` (the ids of ${untold} cannot tell)` : ''}`;
  const least = reports.some(({ forgot }) => forgot) ? 'at least ' : '';
  const count = `Resumed ${reports.length === 1 ? 'once' : `${reports.length} times`}`;
  return `${count}: ${gaps}, ${least}${sum(({ repeated }) => repeated)} repeated.`;
}
