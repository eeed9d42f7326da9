/**
 * `gap`: within an attempt no time longer than this passes without an event, or without a byte. It counts from the response on,
 * and to the end of the attempt.
 */
import type { MonotonicMs, SeqNo } from '../../base/clock.ts';
import { failed, notApplicable, passed, pending, type CheckSource, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatchOr } from '../event-match.ts';
import { createProofs } from '../proofs.ts';
import type { SpecQuery } from '../spec-node.ts';
import { counted, timeWords } from '../words.ts';

const BETWEEN = ['events', 'bytes'] as const;

interface GapSpec {
  readonly mostMs: number;
  readonly between: (typeof BETWEEN)[number];
  readonly matches: SpecQuery | null;
}

export const gapKind: CheckKind = {
  key: 'gap',
  means: 'no silence is longer than a time, between events or between bytes',
  example: 'gap: { at-most: 15s, between: bytes }',
  read(value) {
    const given =
      value.kind === 'fields' ? value.fields('gap', ['at-most', 'between', 'matches']) : { 'at-most': value };
    const most = given['at-most'];
    if (!most) throw value.fault('gap needs "at-most", a time.');
    const matches = 'matches' in given ? given.matches : undefined;
    const between = 'between' in given ? given.between?.oneOf('between', BETWEEN) : undefined;
    if (matches && between === 'bytes')
      throw matches.fault('Bytes do not match queries: leave "matches" out.');
    const spec: GapSpec = {
      mostMs: most.time('at-most'),
      between: between ?? 'events',
      matches: matches?.query('matches') ?? null,
    };
    const what = spec.matches === null ? spec.between : `events that match ${spec.matches.text}`;
    return {
      asserts: `No more than ${timeWords(spec.mostMs)} pass between two ${what}`,
      needs: spec.between === 'bytes' ? ['reads'] : [],
      hasRegex: anyRegex([spec.matches]),
      start: (source) => run(spec, source),
    };
  },
};

function run({ mostMs, between, matches }: GapSpec, { timed }: CheckSource): RunningCheck {
  const isMatch = eventMatchOr(matches);
  const gaps = createProofs();
  let longest: { readonly ms: number; readonly before: string } | null = null;
  /** When the silence began that goes on now; null: no attempt is open. */
  let sinceMs: MonotonicMs | null = null;
  /** A read that belongs to an entry that has not come yet. */
  let readGapMs = 0;
  let seen = 0;

  const close = (seq: SeqNo, gapMs: number, before: string) => {
    if (gapMs <= mostMs) return;
    gaps.add(seq);
    if (!longest || gapMs > longest.ms) longest = { ms: gapMs, before };
  };
  const heard = (atMs: MonotonicMs): number => {
    const gapMs = sinceMs === null ? 0 : atMs - sinceMs;
    sinceMs = atMs;
    seen += 1;
    return gapMs;
  };
  return {
    read({ atMs }) {
      if (between === 'bytes') readGapMs = Math.max(readGapMs, heard(atMs));
    },
    entry(entry, facts) {
      if (entry.what === 'journal') {
        const { kind } = entry.entry;
        if (kind === 'response-head') sinceMs = entry.atMs;
        if (kind === 'attempt-end' && sinceMs !== null) {
          close(entry.seq, entry.atMs - sinceMs, 'the end');
          sinceMs = null;
        }
      } else if (between === 'bytes') {
        close(entry.seq, readGapMs, `#${entry.seq}`);
        readGapMs = 0;
      } else if (isMatch(facts)) {
        close(entry.seq, heard(entry.atMs), `#${entry.seq}`);
      }
    },
    verdict({ ended, nowMs }) {
      if (!timed) return notApplicable('The times of a file of bytes are not known.');
      if (longest) {
        const { ms, before } = longest;
        const how = gaps.total === 1 ? '' : ` It is the longest of ${gaps.total}.`;
        return gaps.on(failed(`${timeWords(ms)} passed without ${oneOf(between)} before ${before}.${how}`));
      }
      if (!ended && sinceMs !== null && nowMs - sinceMs > mostMs)
        return failed(`More than ${timeWords(mostMs)} have passed without ${oneOf(between)}.`);
      if (ended && seen === 0 && sinceMs === null) return notApplicable(`No ${between} came.`);
      const sentence = `${counted(seen, between === 'bytes' ? 'read' : 'event')} without a longer gap`;
      return ended ? passed(`${sentence}.`) : pending(`${sentence} so far.`);
    },
  };
}

function oneOf(between: GapSpec['between']): string {
  return between === 'bytes' ? 'a byte' : 'an event';
}
