/** `duration`, `reconnects` and `resume`: how long the session went on, how often it connected again, and what that cost. */
import type { MonotonicMs, SeqNo } from '../../base/clock.ts';
import type { ResumeReportEntry } from '../../session/entry.ts';
import { failed, notApplicable, passed, pending, type CheckSource, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { createProofs } from '../proofs.ts';
import { counted, timeWords } from '../words.ts';

const NO_CONNECTION = 'A file of bytes does not tell of the connection.';

export const durationKind: CheckKind = {
  key: 'duration',
  means: 'from the request to the end it takes at least or at most so long',
  example: 'duration: { at-most: 30s }',
  read(value) {
    const given = value.fields('duration', ['at-least', 'at-most']);
    const leastMs = given['at-least']?.time('at-least') ?? 0;
    const mostMs = given['at-most']?.time('at-most') ?? Infinity;
    if (!given['at-least'] && !given['at-most']) throw value.fault('duration needs "at-least" or "at-most".');
    if (leastMs > mostMs) throw value.fault('"at-least" is longer than "at-most".');
    const bounds = [
      ...(given['at-least'] ? [`at least ${timeWords(leastMs)}`] : []),
      ...(given['at-most'] ? [`at most ${timeWords(mostMs)}`] : []),
    ];
    return {
      asserts: `From the request to the end it takes ${bounds.join(' and ')}`,
      start: (source) => runDuration(leastMs, mostMs, source),
    };
  },
};

function runDuration(leastMs: number, mostMs: number, { connected }: CheckSource): RunningCheck {
  let beganMs: MonotonicMs | null = null;
  let last: { readonly atMs: MonotonicMs; readonly seq: SeqNo } | null = null;
  return {
    entry({ seq, atMs, ...entry }) {
      if (entry.what === 'journal' && entry.entry.kind === 'attempt-start') beganMs ??= atMs;
      last = { seq, atMs };
    },
    verdict({ ended, nowMs }) {
      if (!connected) return notApplicable(NO_CONNECTION);
      if (beganMs === null || !last)
        return ended ? failed('No request was made.') : pending('Waiting for the request.');
      const tookMs = last.atMs - beganMs;
      if (tookMs > mostMs || (!ended && nowMs - beganMs > mostMs)) {
        const proof = ended || tookMs > mostMs ? [last.seq] : [];
        if (ended)
          return failed(`It took ${timeWords(tookMs)}, ${timeWords(tookMs - mostMs)} too long.`, proof);
        return failed(`It goes on for more than ${timeWords(mostMs)}.`, proof);
      }
      if (ended && tookMs < leastMs) return failed(`It took ${timeWords(tookMs)} only.`, [last.seq]);
      if (ended || (mostMs === Infinity && tookMs >= leastMs))
        return passed(
          ended ? `It took ${timeWords(tookMs)}.` : `It has gone on for ${timeWords(leastMs)}.`,
          ended ? [last.seq] : [],
        );
      return pending(`${timeWords(tookMs)} so far.`);
    },
  };
}

export const reconnectsKind: CheckKind = {
  key: 'reconnects',
  means: 'it connects again never, or at least or at most so often',
  example: 'reconnects: none',
  read(value) {
    if (value.kind !== 'fields') {
      value.oneOf('reconnects', ['none'] as const);
      return { asserts: 'It never connects again', start: (source) => runReconnects(0, 0, source) };
    }
    const given = value.fields('reconnects', ['at-least', 'at-most']);
    const least = given['at-least']?.wholeNumber('at-least') ?? 0;
    const most = given['at-most']?.wholeNumber('at-most') ?? Infinity;
    if (!given['at-least'] && !given['at-most'])
      throw value.fault('reconnects is "none", or has "at-least" or "at-most".');
    const bounds = [
      ...(least > 0 ? [`at least ${counted(least, 'time')}`] : []),
      ...(most < Infinity ? [`at most ${counted(most, 'time')}`] : []),
    ];
    return {
      asserts: `It connects again ${bounds.join(' and ')}`,
      start: (source) => runReconnects(least, most, source),
    };
  },
};

function runReconnects(least: number, most: number, { connected }: CheckSource): RunningCheck {
  const again = createProofs();
  let attempts = 0;
  return {
    entry(entry) {
      if (entry.what !== 'journal' || entry.entry.kind !== 'attempt-start') return;
      attempts += 1;
      if (attempts > 1) again.add(entry.seq);
    },
    verdict({ ended }) {
      if (!connected) return notApplicable(NO_CONNECTION);
      const sentence =
        again.total === 0 ? 'It did not connect again' : `It connected again ${counted(again.total, 'time')}`;
      if (again.total > most)
        return again.on(
          failed(`${sentence}, and may do so ${most === 0 ? 'never' : `${counted(most, 'time')} at most`}.`),
        );
      if (again.total >= least && (ended || most === Infinity)) return again.on(passed(`${sentence}.`));
      if (ended) return again.on(failed(`${sentence}, and ${least} or more are wanted.`));
      return again.on(pending(`${sentence} so far.`));
    },
  };
}

const RESUME_RULES = ['without-gaps', 'without-repeats', 'exact'] as const;
type ResumeRule = (typeof RESUME_RULES)[number];

export const resumeKind: CheckKind = {
  key: 'resume',
  means: 'what comes after a reconnect misses nothing, or repeats nothing, by the ids of the events',
  example: 'resume: without-gaps',
  read(value) {
    const rule = value.oneOf('resume', RESUME_RULES);
    const what = {
      'without-gaps': 'misses no event',
      'without-repeats': 'repeats no event',
      exact: 'neither misses nor repeats an event',
    };
    return {
      asserts: `After a reconnect the stream ${what[rule]}`,
      start: (source) => runResume(rule, source),
    };
  },
};

function runResume(rule: ResumeRule, { connected }: CheckSource): RunningCheck {
  /** The last report of each attempt counts. */
  const reports = new Map<number, { readonly seq: SeqNo; readonly report: ResumeReportEntry }>();
  return {
    entry(entry) {
      if (entry.what === 'journal' && entry.entry.kind === 'resume-report')
        reports.set(entry.entry.attempt, { seq: entry.seq, report: entry.entry });
    },
    verdict({ ended }) {
      if (!connected) return notApplicable(NO_CONNECTION);
      const all = [...reports.values()];
      const missing = all.filter(({ report }) => rule !== 'without-repeats' && (report.missing ?? 0) > 0);
      const repeated = all.filter(({ report }) => rule !== 'without-gaps' && report.repeated > 0);
      const untold = all.filter(({ report }) => rule !== 'without-repeats' && report.missing === null);
      const bad = createProofs();
      for (const { seq } of new Set([...missing, ...repeated])) bad.add(seq);
      const parts = [
        ...(missing.length > 0 ? [`${sum(missing, ({ missing: lost }) => lost ?? 0)} missing`] : []),
        ...(repeated.length > 0 ? [`${sum(repeated, ({ repeated: twice }) => twice)} repeated`] : []),
      ];
      if (parts.length > 0)
        return bad.on(failed(`After ${counted(all.length, 'resume')}: ${parts.join(', ')}.`));
      if (!ended) return pending(`${counted(all.length, 'resume')} so far.`);
      if (all.length === 0) return notApplicable('The stream was never resumed with ids.');
      if (untold.length > 0) return notApplicable('The ids do not tell whether events are missing.');
      return passed(
        `${counted(all.length, 'resume')}, as wanted.`,
        all.map(({ seq }) => seq),
      );
    },
  };
}

function sum(
  all: readonly { readonly report: ResumeReportEntry }[],
  of: (report: ResumeReportEntry) => number,
): number {
  return all.reduce((total, { report }) => total + of(report), 0);
}
