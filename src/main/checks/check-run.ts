/**
 * Checks over one session of the app: from its beginning, and on while it is live. Looks at it now and then instead of at every
 * append, so a flood costs no more than a trickle; the results are told when they have changed.
 */
import type { Check, CheckResult } from '../../shared/checks/check.ts';
import { createEvaluation } from '../../shared/checks/evaluation.ts';
import { createLogEvaluation } from '../../shared/checks/log-evaluation.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createBoundedRun } from '../sessions/bounded-run.ts';
import { createPause } from '../sessions/pause.ts';

export interface CheckRunDeps {
  readonly reader: SessionReader;
  readonly checks: readonly Check[];
  readonly byteText: ByteText;
  /** As it is now. */
  readonly summary: () => Promise<Pick<SessionSummary, 'outcome' | 'durationMs'>>;
  /** Calls back once after a time; returns the function that cancels it. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** `over`: nothing more will come, and nothing is pending. */
  readonly onResults: (results: readonly CheckResult[], over: boolean) => void;
  readonly onFailure: (error: Error) => void;
}

/** How often a live session is looked at. */
const LOOK_MS = 250;
/** What came until so long ago has been recorded by now. */
const SLACK_MS = 250;
/** A regular expression that needs longer for a slice of entries would need for ever. */
const SLICE_LIMIT_MS = 1000;

/** Returns the function that ends it. */
export function startCheckRun(deps: CheckRunDeps): () => void {
  const { reader, checks, byteText } = deps;
  const evaluation = createEvaluation(checks, { timed: true, connected: true, byteText });
  const bounded = evaluation.hasRegex ? createBoundedRun(SLICE_LIMIT_MS) : <T>(work: () => T): T => work();
  let closed = false;
  let cancel = (): void => {};
  const cancelled = () => closed;
  const log = createLogEvaluation(reader, evaluation, { byteText, bounded, pause: createPause(), cancelled });
  let told = '';

  async function look(): Promise<void> {
    const { outcome, durationMs } = await deps.summary();
    const over = outcome !== 'live';
    await log.advance(over);
    if (closed) return;
    if (over) evaluation.end();
    else evaluation.time(durationMs - SLACK_MS);
    const results = bounded(() => evaluation.results());
    const now = JSON.stringify(results);
    if (over || now !== told) deps.onResults(results, over);
    told = now;
    if (!over) cancel = deps.after(LOOK_MS, step);
  }
  function step(): void {
    look().catch((error: unknown) => {
      if (!closed) deps.onFailure(error instanceof Error ? error : new Error(String(error)));
    });
  }
  step();
  return () => {
    closed = true;
    cancel();
  };
}
