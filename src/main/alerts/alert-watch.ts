/**
 * The alerts of an endpoint over one live session: looks at what was recorded now and then, so a flood costs no more looks than a
 * trickle; what is raised becomes an entry of the journal and a notification, as often as the gate lets it.
 */
import { createAlertGate, type Told } from '../../shared/alerts/alert-gate.ts';
import { createAlertJudge } from '../../shared/alerts/alert-judge.ts';
import type { Check } from '../../shared/checks/check.ts';
import { createFactsOf } from '../../shared/checks/entry-facts.ts';
import { createEvaluation, type Evaluation } from '../../shared/checks/evaluation.ts';
import { eventMatch } from '../../shared/checks/event-match.ts';
import { createLogEvaluation } from '../../shared/checks/log-evaluation.ts';
import { hasRegex, parseQuery } from '../../shared/filter/query.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { WatchedSession } from '../live/session-watch.ts';
import { createBoundedRun } from '../sessions/bounded-run.ts';
import { createPause } from '../sessions/pause.ts';

export interface AlertWatchDeps {
  readonly byteText: ByteText;
  readonly nowMs: () => number;
  /** Calls back once after a time; returns the function that cancels it. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** The checks to judge; none: an endpoint without them. */
  readonly checks: readonly Check[];
  readonly notify: (told: Told) => void;
  readonly onFailure: (error: unknown) => void;
}

/** How often a session is looked at. */
const LOOK_MS = 250;
/** A regular expression that needs longer for a slice of entries would need for ever. */
const SLICE_LIMIT_MS = 1000;

/** Begins to watch; returns the function that takes in the rest and ends it. */
export function startAlertWatch(session: WatchedSession, deps: AlertWatchDeps): () => Promise<void> {
  const { reader, request } = session;
  const spec = request.alerts;
  const gate = createAlertGate();
  const originMs = deps.nowMs();
  const now = (): number => deps.nowMs() - originMs;
  const asked = parseQuery(spec.matches);
  const judge = createAlertJudge(
    spec,
    asked.ok && spec.matches.trim() !== '' ? eventMatch({ text: spec.matches, query: asked.query }) : null,
    gate.raise,
  );
  if (!asked.ok) raiseOff(`The query of this alert cannot be read, so no event matches: ${asked.message}`);

  const evaluation = createEvaluation(deps.checks, {
    timed: true,
    connected: true,
    byteText: deps.byteText,
  });
  const factsOf = createFactsOf();
  const both: Evaluation = {
    entry(entry) {
      evaluation.entry(entry);
      judge.entry(entry, factsOf(entry));
    },
    read: evaluation.read,
    time: evaluation.time,
    end: evaluation.end,
    results: evaluation.results,
    get next() {
      return evaluation.next;
    },
    needsReads: evaluation.needsReads,
    hasRegex: evaluation.hasRegex || (asked.ok && hasRegex(asked.query)),
  };
  const bounded = both.hasRegex ? createBoundedRun(SLICE_LIMIT_MS) : <T>(work: () => T): T => work();
  const log = createLogEvaluation(reader, both, { byteText: deps.byteText, bounded, pause: createPause() });
  let over = false;
  let broken = false;
  let cancel = (): void => {};
  let looking: Promise<void> = Promise.resolve();

  function raiseOff(message: string): void {
    gate.raise({ rule: 'off', attempt: 1, message });
  }

  function append({ rule, attempt, message, count }: Told): void {
    // Not before what is recorded already: the log is in the order of its times.
    session.append(
      { kind: 'alert', rule, attempt: Math.max(1, attempt), message, count },
      Math.max(now(), reader.lastAtMs),
    );
  }

  async function look(): Promise<void> {
    const nowMs = now();
    const final = over;
    try {
      if (!broken) {
        await log.advance(final);
        if (final) both.end();
        else both.time(nowMs - LOOK_MS);
        judge.time(nowMs, reader.wireBytes);
        if (deps.checks.length > 0) judge.results(bounded(() => both.results()));
      }
    } catch (error) {
      broken = true;
      raiseOff(`The alerts of this session ended: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const told of gate.due(nowMs)) {
      append(told);
      deps.notify(told);
    }
    if (final) for (const told of gate.rest()) append(told);
    else if (!over) cancel = deps.after(LOOK_MS, step);
  }
  function step(): void {
    looking = look().catch(deps.onFailure);
  }
  step();

  return async () => {
    over = true;
    cancel();
    await looking;
    await look().catch(deps.onFailure);
  };
}
