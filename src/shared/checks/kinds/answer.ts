/** `first-answer`, `ends-with` and `text`: what is asserted of a completion, as it is rebuilt from the events. */
import type { SeqNo } from '../../base/clock.ts';
import type { Completion } from '../../chat/completion.ts';
import { completionMetrics } from '../../chat/timing/completion-metrics.ts';
import { requestTimes } from '../../chat/timing/request-times.ts';
import { endVerdicts } from '../../chat/verdict-end.ts';
import {
  failed,
  notApplicable,
  passed,
  pending,
  type CheckSource,
  type Moment,
  type RunningCheck,
} from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatch } from '../event-match.ts';
import type { SpecQuery } from '../spec-node.ts';
import { counted, timeWords } from '../words.ts';

const FIRSTS = { answer: 'first-answer', reasoning: 'first-reasoning', event: 'first-event' } as const;
type First = keyof typeof FIRSTS;
const FIRST_NAMES = Object.keys(FIRSTS) as readonly First[];

export const firstAnswerKind: CheckKind = {
  key: 'first-answer',
  means: 'the first chunk of each completion comes within a time after the request',
  example: 'first-answer: { within: 2s }',
  read(value) {
    const given =
      value.kind === 'fields' ? value.fields('first-answer', ['within', 'of']) : { within: value };
    if (!given.within) throw value.fault('first-answer needs "within", a time.');
    const withinMs = given.within.time('within');
    const of = ('of' in given ? given.of?.oneOf('of', FIRST_NAMES) : undefined) ?? 'answer';
    const what = { answer: 'chunk of the answer', reasoning: 'reasoning', event: 'event of the answer' }[of];
    return {
      asserts: `The first ${what} comes within ${timeWords(withinMs)}`,
      needs: ['rebuilt'],
      start: (source) => ({ verdict: (moment) => firstVerdict(withinMs, of, source, moment) }),
    };
  },
};

function firstVerdict(withinMs: number, of: First, { timed }: CheckSource, moment: Moment) {
  const { ended, nowMs, rebuilt, journal } = moment;
  if (!timed) return notApplicable('The times of a file of bytes are not known.');
  const times = rebuilt.completions.map((completion) => firstOf(completion, of, moment));
  const late = times.filter(({ ms }) => ms !== null && ms > withinMs);
  const longest = Math.max(...late.map(({ ms }) => ms ?? 0));
  if (late.length > 0)
    return failed(
      `It came after ${timeWords(longest)}, ${timeWords(longest - withinMs)} too late.`,
      proofsOf(late),
    );
  const missing = times.filter(({ ms }) => ms === null);
  const request = journal.find(({ entry }) => entry.kind === 'attempt-start');
  const waitedMs = request === undefined ? 0 : nowMs - request.atMs;
  if (ended) {
    if (times.length === 0) return failed('No completion came.');
    if (missing.length > 0) return failed(`${counted(missing.length, 'completion')} brought none.`);
    const [only] = times;
    return passed(
      times.length === 1 ? `It came after ${timeWords(only?.ms ?? 0)}.` : `All ${times.length} came in time.`,
      proofsOf(times),
    );
  }
  if (times.length === 0 && waitedMs > withinMs) return failed(`None came within ${timeWords(withinMs)}.`);
  if (times.length > 0 && missing.length === 0) return pending('In time so far.', proofsOf(times));
  return pending('Waiting for it.');
}

function firstOf(completion: Completion, of: First, { journal }: Moment) {
  const request = requestTimes(journal, completion.firstSeq);
  const { metrics } = completionMetrics({ completion, request, estimatedTokens: null, gaps: null });
  const metric = metrics.find(({ id }) => id === FIRSTS[of]);
  return { ms: metric?.value ?? null, seq: metric?.seq ?? null };
}

function proofsOf(times: readonly { readonly seq: SeqNo | null }[]): SeqNo[] {
  return times.flatMap(({ seq }) => seq ?? []);
}

export const endsWithKind: CheckKind = {
  key: 'ends-with',
  means: 'each completion ends with its terminator, or the last event matches a query',
  example: 'ends-with: terminator',
  read(value) {
    const text = value.text('ends-with');
    if (text === 'terminator') {
      return {
        asserts: 'Each completion ends with its terminator',
        needs: ['rebuilt'],
        start: () => ({ verdict: terminatorVerdict }),
      };
    }
    const query = value.query('ends-with');
    return {
      asserts: `The last event matches ${query.text}`,
      hasRegex: anyRegex([query]),
      start: () => runLast(query),
    };
  },
};

function terminatorVerdict({ ended, rebuilt: { completions } }: Moment) {
  const ends = completions.flatMap((completion) => endVerdicts(completion).slice(0, 1));
  const bad = ends.filter(({ code }) => code !== 'ended' && code !== 'streaming');
  if (!ended) return pending(`${counted(completions.length, 'completion')} so far.`);
  if (ends.length === 0)
    return failed('No completion came. For other streams give a query: ends-with: type:done');
  if (bad.length > 0)
    return failed(
      `${bad[0]?.text ?? ''}.`,
      bad.flatMap(({ seqs }) => seqs),
    );
  return passed(
    `${ends[0]?.text ?? ''}.`,
    ends.flatMap(({ seqs }) => seqs),
  );
}

function runLast(query: SpecQuery): RunningCheck {
  const isMatch = eventMatch(query);
  let last: { readonly seq: SeqNo; readonly fits: boolean } | null = null;
  return {
    entry({ seq }, facts) {
      if (facts.kind === 'event') last = { seq, fits: isMatch(facts) };
    },
    verdict({ ended }) {
      if (!ended) return pending('Waiting for the end.');
      if (!last) return failed('No event came.');
      if (last.fits) return passed('It does.', [last.seq]);
      return failed('The last event does not match it.', [last.seq]);
    },
  };
}
