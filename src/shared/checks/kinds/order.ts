/** `order`: before the first event that matches one query, one has come that matches the query before it. Each has to come. */
import type { SeqNo } from '../../base/clock.ts';
import { failed, passed, pending, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatch } from '../event-match.ts';
import type { SpecQuery } from '../spec-node.ts';

export const orderKind: CheckKind = {
  key: 'order',
  means: 'the first matches of several queries come in their order',
  example: 'order: [type:start, type:step, type:end]',
  read(value) {
    const queries = value.list('order').map((item) => item.query('A step of order'));
    if (queries.length < 2) throw value.fault('order is a list of at least two queries.');
    return {
      asserts: `The first events come in this order: ${queries.map(({ text }) => text).join(', then ')}`,
      hasRegex: anyRegex(queries),
      start: () => run(queries),
    };
  },
};

function run(queries: readonly SpecQuery[]): RunningCheck {
  const tests = queries.map(eventMatch);
  /** First matches, one a query, as far as they have come in order. */
  const first: SeqNo[] = [];
  let early: { readonly at: number; readonly seq: SeqNo } | null = null;
  return {
    entry({ seq }, facts) {
      if (early || first.length === tests.length) return;
      const at = tests.findIndex((test, index) => index >= first.length && test(facts));
      if (at === first.length) first.push(seq);
      else if (at > first.length) early = { at, seq };
    },
    verdict({ ended }) {
      const missing = queries[first.length]?.text ?? '';
      if (early) {
        const text = queries[early.at]?.text ?? '';
        return failed(`An event matched ${text} before one had matched ${missing}.`, [...first, early.seq]);
      }
      if (first.length === tests.length) return passed('They came in that order.', first.slice());
      if (ended) return failed(`No event matched ${missing}.`, first.slice());
      return pending(`Waiting for an event that matches ${missing}.`, first.slice());
    },
  };
}
