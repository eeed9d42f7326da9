/** `ids`: the ids of events are there, rise, or count up by one. */
import type { SeqNo } from '../../base/clock.ts';
import { failed, notApplicable, passed, pending, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatchOr } from '../event-match.ts';
import { createProofs } from '../proofs.ts';
import type { SpecQuery } from '../spec-node.ts';
import { counted, quoted } from '../words.ts';

const RULES = ['present', 'rising', 'consecutive'] as const;
type Rule = (typeof RULES)[number];

const ASSERTS: Readonly<Record<Rule, string>> = {
  present: 'has an id',
  rising: 'has a higher id than the one before',
  consecutive: 'has the id that follows the one before',
};

export const idsKind: CheckKind = {
  key: 'ids',
  means: 'the ids of the events are present, rising or consecutive',
  example: 'ids: rising',
  read(value) {
    const given = value.kind === 'fields' ? value.fields('ids', ['are', 'matches']) : { are: value };
    if (!given.are) throw value.fault(`ids needs "are": ${RULES.join(', ')}.`);
    const rule = given.are.oneOf('ids', RULES);
    const matches = 'matches' in given ? (given.matches?.query('matches') ?? null) : null;
    const which = matches === null ? 'Every event' : `Every event that matches ${matches.text}`;
    return {
      asserts: `${which}${rule === 'present' ? '' : ' with an id'} ${ASSERTS[rule]}`,
      hasRegex: anyRegex([matches]),
      start: () => run(rule, matches),
    };
  },
};

function run(rule: Rule, matches: SpecQuery | null): RunningCheck {
  const isMatch = eventMatchOr(matches);
  const wrong = createProofs();
  let firstWrong = '';
  let seen = 0;
  let before: string | null = null;

  const object = (seq: SeqNo, why: string) => {
    if (wrong.total === 0) firstWrong = why;
    wrong.add(seq);
  };
  return {
    entry({ seq }, facts) {
      if (!isMatch(facts)) return;
      const { id } = facts;
      if (rule === 'present') {
        seen += 1;
        if (id === null || id === '') object(seq, 'It has no id.');
        return;
      }
      if (id === null || id === '') return;
      seen += 1;
      if (before !== null && !follows(rule, before, id))
        object(seq, `${quoted(id, 40)} came after ${quoted(before, 40)}.`);
      before = id;
    },
    verdict({ ended }) {
      const ids = counted(seen, rule === 'present' ? 'event' : 'id');
      if (wrong.total > 0) {
        const more = wrong.total === 1 ? '' : `The first of ${counted(wrong.total, 'such place')}: `;
        return wrong.on(failed(`${more}${firstWrong}`));
      }
      if (ended && seen === 0)
        return notApplicable(rule === 'present' ? 'No event came.' : 'No event has an id.');
      return ended ? passed(`${ids} ${seen === 1 ? 'is' : 'are'} ${rule}.`) : pending(`${ids} so far.`);
    },
  };
}

const DIGITS = /^\d+$/;

/** Whole numbers of any length by their value; other texts by their characters, and never consecutive. */
function follows(rule: Rule, before: string, id: string): boolean {
  if (!DIGITS.test(before) || !DIGITS.test(id)) return rule === 'rising' && id > before;
  const [low, high] = [BigInt(before), BigInt(id)];
  return rule === 'rising' ? high > low : high === low + 1n;
}
