/** `event`: an event that matches comes, within a time if one is given. */
import type { MonotonicMs, SeqNo } from '../../base/clock.ts';
import { failed, notApplicable, passed, pending, type CheckSource, type RunningCheck } from '../check.ts';
import type { CheckKind } from '../check-kind.ts';
import { anyRegex, eventMatch } from '../event-match.ts';
import type { SpecQuery } from '../spec-node.ts';
import { timeWords } from '../words.ts';

type From = 'request' | 'response';

interface EventSpec {
  readonly matches: SpecQuery;
  readonly withinMs: number | null;
  /** What the time counts from, unless `after` says it. */
  readonly from: From;
  readonly after: SpecQuery | null;
}

export const eventKind: CheckKind = {
  key: 'event',
  means: 'an event that matches comes, within a time if you give one',
  example: 'event: { matches: "type:ready", within: 2s }',
  read(value) {
    const spec = readSpec();
    const { matches, withinMs, from, after } = spec;
    const since = after ? `after ${after.text}` : `after the ${from}`;
    const when = withinMs === null ? (after ? ` ${since}` : '') : ` within ${timeWords(withinMs)} ${since}`;
    return {
      asserts: `An event that matches ${matches.text} comes${when}`,
      hasRegex: anyRegex([matches, after]),
      start: (source) => run(spec, source),
    };

    function readSpec(): EventSpec {
      if (value.kind !== 'fields')
        return { matches: value.query('event'), withinMs: null, from: 'request', after: null };
      const { matches, within, from, after } = value.fields('event', ['matches', 'within', 'from', 'after']);
      if (!matches) throw value.fault('event needs "matches", the query that the event has to match.');
      if (from && after) throw from.fault('"from" and "after" contradict each other: give one.');
      return {
        matches: matches.query('matches'),
        withinMs: within?.time('within') ?? null,
        from: from?.oneOf('from', ['request', 'response'] as const) ?? 'request',
        after: after?.query('after') ?? null,
      };
    }
  },
};

function run(spec: EventSpec, source: CheckSource): RunningCheck {
  const { withinMs, from, after } = spec;
  const isMatch = eventMatch(spec.matches);
  const isAfter = after && eventMatch(after);
  const query = spec.matches.text;
  const start = after ? `the first that matches ${after.text}` : `the ${from}`;
  /** null: what the time counts from has not come. Without a connection it is the session's beginning. */
  let originMs: MonotonicMs | null = source.connected || isAfter ? null : 0;
  let found: { readonly seq: SeqNo; readonly atMs: MonotonicMs } | null = null;

  return {
    entry({ seq, atMs, ...entry }, facts) {
      if (found) return;
      if (originMs === null) {
        const begins = isAfter
          ? isAfter(facts)
          : entry.what === 'journal' &&
            entry.entry.kind === (from === 'request' ? 'attempt-start' : 'response-head');
        if (begins) originMs = atMs;
        // What the time counts from is not what is waited for.
        if (isAfter) return;
      }
      if (originMs !== null && isMatch(facts)) found = { seq, atMs };
    },
    verdict({ ended, nowMs }) {
      if (found) {
        const tookMs = found.atMs - (originMs ?? 0);
        const took = source.timed ? ` ${timeWords(tookMs)} after ${start}` : '';
        if (withinMs === null) return passed(`It came${took}.`, [found.seq]);
        if (!source.timed)
          return {
            ...notApplicable('It came, but the times of a file of bytes are not known.'),
            seqs: [found.seq],
          };
        if (tookMs <= withinMs) return passed(`It came${took}.`, [found.seq]);
        return failed(`It came${took}, ${timeWords(tookMs - withinMs)} too late.`, [found.seq]);
      }
      if (originMs === null && ended) {
        return isAfter
          ? notApplicable(`Nothing matched ${after?.text ?? ''}, so there was nothing to wait for.`)
          : failed(`No ${from} was seen.`);
      }
      if (ended) return failed(`No event matched ${query}.`);
      if (withinMs !== null && originMs !== null && nowMs > originMs + withinMs)
        return failed(`None came within ${timeWords(withinMs)} of ${start}.`);
      return pending(
        originMs === null ? `Waiting for ${start}.` : `Waiting for an event that matches ${query}.`,
      );
    },
  };
}
