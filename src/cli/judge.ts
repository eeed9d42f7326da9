/** Checks over a stream from the command line: over a connection while it runs, over a session, over bytes. */
import { createBoundedRun } from '../main/sessions/bounded-run.ts';
import { createPause } from '../main/sessions/pause.ts';
import type { Check, CheckResult, CheckSource } from '../shared/checks/check.ts';
import { createEvaluation, type Evaluation } from '../shared/checks/evaluation.ts';
import { createLogEvaluation } from '../shared/checks/log-evaluation.ts';
import type { SessionLog, SessionReader } from '../shared/session/log.ts';
import { createMemoryLog } from '../shared/session/memory-log.ts';
import { createRecorder } from '../shared/session/recorder.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Framing } from '../shared/sse/framing.ts';
import type { Follower, Steering } from './connect-and-record.ts';
import { createFollower } from './follower.ts';

/** A regular expression that needs longer for a slice of entries would need for ever. */
const SLICE_LIMIT_MS = 5000;
/** How often a live evaluation is looked at. */
const LOOK_MS = 100;
/** What came until so long ago has been recorded by now. */
const SLACK_MS = 250;
const MEMORY_BYTES = 64 * 1024 * 1024;

/** What is judged, and the way to feed it; the results are told while it goes on and at its end. */
export function createJudge(checks: readonly Check[], source: CheckSource) {
  const evaluation = createEvaluation(checks, source);
  const limited = createBoundedRun(SLICE_LIMIT_MS);
  const bounded = evaluation.hasRegex ? limited : <T>(work: () => T): T => work();
  const results = () => bounded(() => evaluation.results());
  return {
    evaluation,
    results,
    over: (reader: SessionReader) =>
      createLogEvaluation(reader, evaluation, { byteText: source.byteText, bounded, pause: createPause() }),
    finish(): readonly CheckResult[] {
      evaluation.end();
      return results();
    },
  };
}

export type Judge = ReturnType<typeof createJudge>;

/** Judges while it is recorded, and ends the connection when everything is decided. */
export function followAndJudge(
  judge: Judge,
  log: SessionLog,
  { stop, fail, nowMs }: Steering,
  failFast: boolean,
): Follower {
  const evaluated = judge.over(log);
  const look = (evaluation: Evaluation) => {
    evaluation.time(nowMs() - SLACK_MS);
    try {
      const states = judge.results().map(({ state }) => state);
      if (!states.includes('pending')) stop('Every check is decided');
      else if (failFast && states.includes('failed')) stop('A check failed');
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  };
  const timer = setInterval(() => look(judge.evaluation), LOOK_MS);
  const follower = createFollower({
    log,
    step: (final) => evaluated.advance(final),
    onFailure: (error) => fail(`The checks could not go on: ${error.message}`),
  });
  return {
    caughtUp: follower.caughtUp,
    finish() {
      clearInterval(timer);
      return follower.finish();
    },
  };
}

export async function judgeSession(judge: Judge, reader: SessionReader): Promise<void> {
  await judge.over(reader).advance(true);
}

/** Bytes as one body, in bounded memory. */
export async function judgeBytes(
  judge: Judge,
  chunks: AsyncIterable<Uint8Array>,
  framing: Framing,
  byteText: ByteText,
): Promise<void> {
  const log = createMemoryLog({ sessionId: 'bytes', maxBytes: MEMORY_BYTES });
  const recorder = createRecorder({ log, byteText });
  const evaluated = judge.over(log);
  recorder.beginBody(1, framing);
  for await (const chunk of chunks) {
    recorder.read(chunk, 0);
    await evaluated.advance(false);
  }
  recorder.endBody(0);
  await evaluated.advance(true);
  await log.close();
}
