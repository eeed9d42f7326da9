import { expect, it } from 'vitest';
import type { Raised } from '../../../../src/shared/alerts/alert-gate.ts';
import { createAlertJudge } from '../../../../src/shared/alerts/alert-judge.ts';
import { createFactsOf } from '../../../../src/shared/checks/entry-facts.ts';
import { eventMatch } from '../../../../src/shared/checks/event-match.ts';
import { NO_ALERTS, type AlertSpec } from '../../../../src/shared/connection/alert-spec.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';
import type { AttemptEndEntry, JournalEntry } from '../../../../src/shared/session/entry.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';

/** A judge that is given journal entries, and says in a transcript what it raised. */
function judged(alerts: Partial<AlertSpec>) {
  const spec = { ...NO_ALERTS, ...alerts };
  const asked = parseQuery(spec.matches);
  if (!asked.ok) throw new Error(asked.message);
  const raised: Raised[] = [];
  const match = spec.matches === '' ? null : eventMatch({ text: spec.matches, query: asked.query });
  const judge = createAlertJudge(spec, match, (one) => raised.push(one));
  const factsOf = createFactsOf();
  let seq = 0;
  return {
    ...judge,
    journal(...entries: readonly JournalEntry[]) {
      for (const entry of entries) {
        const numbered = { what: 'journal', seq, atMs: seq, entry } as const;
        judge.entry(numbered, factsOf(numbered));
        seq += 1;
      }
    },
    said: () => raised.splice(0).map(({ rule, attempt, message }) => `${rule} ${attempt}: ${message}`),
  };
}

const failure = { code: 'refused', message: 'Nobody listens there.' } as const;
const endedBy = (how: AttemptEndEntry['how']): JournalEntry => ({
  ...(attemptEnd(2) as AttemptEndEntry),
  how,
  failure: how === 'failed' ? failure : null,
});

it('tells the end of the stream and a failure apart, and a stop by the user is neither', () => {
  const both = judged({ onEnd: true, onFailure: true });
  both.journal(attemptStart(2), responseHead(2), endedBy('end-of-stream'));
  expect(both.said()).toEqual(['end 2: The stream ended.']);
  both.journal(endedBy('failed'), endedBy('refused'), endedBy('stopped'));
  expect(both.said()).toEqual(['failure 2: Nobody listens there.', 'failure 2: The attempt failed.']);
  const none = judged({ matches: 'x' });
  none.journal(attemptStart(1), endedBy('end-of-stream'), endedBy('failed'));
  expect(none.said()).toEqual([]);
});

it('tells a stall once, and again when bytes came in between', () => {
  const judge = judged({ stallMs: 1000 });
  judge.journal(attemptStart(1));
  judge.time(5000, 0);
  judge.journal(responseHead(1));
  judge.time(6000, 0);
  judge.time(6999, 0);
  expect(judge.said()).toEqual([]);
  judge.time(7000, 0);
  judge.time(9000, 0);
  expect(judge.said()).toEqual(['stall 1: The stream stalls: nothing came for 1 s.']);
  judge.time(9100, 8);
  judge.time(10_000, 9);
  judge.time(10_999, 9);
  expect(judge.said()).toEqual([]);
  judge.time(11_000, 9);
  expect(judge.said()).toHaveLength(1);
});

it('takes no silence between attempts for a stall, and counts anew with each stream', () => {
  const judge = judged({ stallMs: 1000 });
  judge.journal(attemptStart(1), responseHead(1));
  judge.time(0, 5);
  judge.journal(attemptEnd(1));
  judge.time(60_000, 5);
  judge.journal(attemptStart(2), responseHead(2));
  judge.time(61_000, 5);
  expect(judge.said()).toEqual([]);
  judge.time(62_000, 5);
  expect(judge.said()).toEqual(['stall 2: The stream stalls: nothing came for 1 s.']);
});

it('tells other entries when the query asks for a kind, and never an alert', () => {
  const judge = judged({ matches: 'kind:response-head or kind:alert' });
  judge.journal(attemptStart(1), responseHead(1), {
    kind: 'alert',
    attempt: 1,
    rule: 'match',
    message: 'x',
    count: 1,
  });
  expect(judge.said()).toEqual(['match 1: Event #1 matches “kind:response-head or kind:alert”.']);
});

it('tells a check once, when it has failed', () => {
  const judge = judged({ onCheckFailed: true });
  const result = { index: 0, kind: 'count', name: 'Ten', line: 1, sentence: 'There were 3.', seqs: [] };
  judge.results([{ ...result, state: 'pending' }]);
  expect(judge.said()).toEqual([]);
  judge.results([{ ...result, state: 'failed' }]);
  judge.results([
    { ...result, state: 'failed' },
    { ...result, index: 1, state: 'passed' },
  ]);
  expect(judge.said()).toEqual(['check-failed 0: The check “Ten” failed: There were 3.']);
});
