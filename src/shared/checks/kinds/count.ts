/** `count`: at least, at most or exactly so many events match. */
import { failed, passed, pending, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatchOr } from '../event-match.ts';
import { createProofs } from '../proofs.ts';
import type { SpecQuery } from '../spec-node.ts';
import { counted } from '../words.ts';

interface CountSpec {
  readonly matches: SpecQuery | null;
  readonly least: number;
  readonly most: number;
}

export const countKind: CheckKind = {
  key: 'count',
  means: 'at least, at most or exactly so many events match',
  example: 'count: { matches: "type:ping", at-least: 1, at-most: 20 }',
  read(value) {
    const given = value.fields('count', ['matches', 'at-least', 'at-most', 'exactly']);
    const exactly = given.exactly?.wholeNumber('exactly');
    const atLeast = given['at-least']?.wholeNumber('at-least');
    const atMost = given['at-most']?.wholeNumber('at-most');
    if (exactly === undefined && atLeast === undefined && atMost === undefined)
      throw value.fault('count needs "at-least", "at-most" or "exactly".');
    if (exactly !== undefined && (atLeast !== undefined || atMost !== undefined))
      throw value.fault('"exactly" stands alone, without "at-least" and "at-most".');
    const least = exactly ?? atLeast ?? 0;
    const most = exactly ?? atMost ?? Infinity;
    if (least > most) throw value.fault(`At least ${least} and at most ${most} contradict each other.`);
    const matches = given.matches?.query('matches') ?? null;
    const spec: CountSpec = { matches, least, most };
    return {
      asserts: `${boundWords(spec)} ${matches === null ? 'come' : `match ${matches.text}`}`,
      hasRegex: anyRegex([matches]),
      start: () => run(spec),
    };
  },
};

function boundWords({ least, most }: CountSpec): string {
  if (least === most) return `Exactly ${counted(least, 'event')}`;
  if (most === Infinity) return `At least ${counted(least, 'event')}`;
  return least === 0 ? `At most ${counted(most, 'event')}` : `Between ${least} and ${counted(most, 'event')}`;
}

function run(spec: CountSpec): RunningCheck {
  const { matches, least, most } = spec;
  const isMatch = eventMatchOr(matches);
  const proofs = createProofs();
  return {
    entry({ seq }, facts) {
      if (isMatch(facts)) proofs.add(seq);
    },
    verdict({ ended }) {
      const { total } = proofs;
      const what = matches === null ? (total === 1 ? 'came' : 'came') : total === 1 ? 'matches' : 'match';
      const sentence = `${counted(total, 'event')} ${what}`;
      if (total > most) return proofs.on(failed(`${sentence}, and no more than ${most} may.`));
      if (total >= least && (ended || most === Infinity)) return proofs.on(passed(`${sentence}.`));
      if (ended) return proofs.on(failed(`${sentence}, and ${least} or more are wanted.`));
      return proofs.on(pending(`${sentence} so far.`));
    },
  };
}
