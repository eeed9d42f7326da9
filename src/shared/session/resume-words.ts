/** A resume report in words. Plain text: the ids came from outside. */
import type { ResumeReportEntry } from './entry.ts';

type Report = Omit<ResumeReportEntry, 'kind' | 'attempt'>;

/** One sentence for rows and lists. */
export function describeResume(report: Report): string {
  return `Resumed after id ${report.afterId}: ${missingText(report)}, ${repeatedText(report)}`;
}

/** Whether the resume was not seamless, as far as the ids tell. */
export function hasFindings(report: Report): boolean {
  return (report.missing ?? 0) > 0 || report.repeated > 0;
}

/** "nothing missing", "3 missing (8–9, 12)". */
export function missingText({ missing, gaps }: Report): string {
  if (missing === null) return 'gaps cannot be told from these ids';
  if (missing === 0) return 'nothing missing';
  const named = gaps.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  const more = gaps.reduce((sum, [from, to]) => sum + to - from + 1, 0) < missing ? ', …' : '';
  return `${missing.toLocaleString('en')} missing (${named.join(', ')}${more})`;
}

/** "nothing repeated", "2 repeated (6, 7)". */
export function repeatedText({ repeated, repeatedIds, forgot }: Report): string {
  const count = repeated.toLocaleString('en');
  if (repeated === 0) return forgot ? 'nothing repeated of the ids still known' : 'nothing repeated';
  const more = repeatedIds.length < repeated ? ', …' : '';
  return `${forgot ? 'at least ' : ''}${count} repeated (${repeatedIds.join(', ')}${more})`;
}
