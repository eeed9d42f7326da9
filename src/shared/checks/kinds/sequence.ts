/**
 * `sequence`: the events of a session, one after another, are what a list of steps says. A step may be left out or come again;
 * all readings of that are followed at once, so nothing is gone back over.
 */
import type { SeqNo } from '../../base/clock.ts';
import { failed, passed, pending, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatch, eventMatchOr } from '../event-match.ts';
import type { SpecNode, SpecQuery } from '../spec-node.ts';
import { listed } from '../words.ts';

const TIMES = ['once', 'optional', 'any', 'some'] as const;
type Times = (typeof TIMES)[number];

interface Step {
  readonly matches: SpecQuery;
  readonly times: Times;
}

/** More steps than anybody writes; each costs time at every event. */
const MAX_STEPS = 200;

export const sequenceKind: CheckKind = {
  key: 'sequence',
  means: 'the events are these, one after another, and no others',
  example: `sequence:
  among: -type:ping
  steps:
    - type:message_start
    - { matches: type:content_block_delta, times: some }
    - type:message_stop`,
  read(value) {
    const given = value.kind === 'list' ? { steps: value } : value.fields('sequence', ['among', 'steps']);
    if (!given.steps) throw value.fault('sequence needs "steps", a list.');
    const steps = given.steps.list('steps').map(readStep);
    if (steps.length === 0 || steps.length > MAX_STEPS)
      throw given.steps.fault(`A sequence has between 1 and ${MAX_STEPS} steps.`);
    const among = 'among' in given ? (given.among?.query('among') ?? null) : null;
    const which = among === null ? 'The events' : `The events that match ${among.text}`;
    return {
      asserts: `${which} are ${steps.map(stepWords).join(', ')}`,
      hasRegex: anyRegex([among, ...steps.map(({ matches }) => matches)]),
      start: () => run(steps, among),
    };
  },
};

function readStep(item: SpecNode): Step {
  if (item.kind !== 'fields') return { matches: item.query('A step'), times: 'once' };
  const { matches, times } = item.fields('A step', ['matches', 'times']);
  if (!matches) throw item.fault('A step needs "matches", a query.');
  return { matches: matches.query('matches'), times: times?.oneOf('times', TIMES) ?? 'once' };
}

function stepWords({ matches, times }: Step): string {
  const often = { once: '', optional: ' (or none)', any: ' (any number)', some: ' (one or more)' };
  return matches.text + often[times];
}

function run(steps: readonly Step[], among: SpecQuery | null): RunningCheck {
  const counts = eventMatchOr(among);
  const tests = steps.map(({ matches }) => eventMatch(matches));
  const may = (at: number, ...times: readonly Times[]) => times.includes(steps[at]?.times ?? 'once');
  /** Steps that the next event may be of; `steps.length` is the end. Sorted and without doubles. */
  let open = reach([0]);
  let lost: { readonly seq: SeqNo; readonly wanted: readonly string[] } | null = null;
  let last: SeqNo | null = null;

  /** With the steps behind those that need not come. */
  function reach(from: readonly number[]): readonly number[] {
    const found = new Set(from);
    for (let at = 0; at < steps.length; at += 1)
      if (found.has(at) && may(at, 'optional', 'any')) found.add(at + 1);
    return [...found].sort((a, b) => a - b);
  }
  const wantedNow = () =>
    open.map((at) => (at === steps.length ? 'the end' : (steps[at]?.matches.text ?? '')));

  return {
    entry({ seq }, facts) {
      if (lost || !counts(facts)) return;
      const fitting = open.filter((at) => tests[at]?.(facts));
      if (fitting.length === 0) {
        lost = { seq, wanted: wantedNow() };
        return;
      }
      last = seq;
      open = reach(fitting.flatMap((at) => (may(at, 'any', 'some') ? [at, at + 1] : [at + 1])));
    },
    verdict({ ended }) {
      if (lost) return failed(`This event is not ${listed(lost.wanted, 'or')}.`, [lost.seq]);
      const seqs = last === null ? [] : [last];
      if (!ended) return pending(`Next: ${listed(wantedNow(), 'or')}.`, seqs);
      if (open.includes(steps.length)) return passed('They are, in that order.', seqs);
      return failed(`The events ended where ${listed(wantedNow(), 'or')} was to come.`, seqs);
    },
  };
}
