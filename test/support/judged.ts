/** Checks over a session in memory, for tests. */
import type { CheckResult, CheckSource } from '../../src/shared/checks/check.ts';
import type { ReadContext } from '../../src/shared/checks/check-kind.ts';
import { createEvaluation, type Evaluation } from '../../src/shared/checks/evaluation.ts';
import { createLogEvaluation } from '../../src/shared/checks/log-evaluation.ts';
import { readChecks } from '../../src/shared/checks/read-checks.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';

const byteText = createPortableByteText();
export const TIMED: CheckSource = { timed: true, connected: true, byteText };
export const BYTES: CheckSource = { timed: false, connected: false, byteText };

export function evaluationOf(yaml: string, source = TIMED, context: ReadContext = {}): Evaluation {
  const { checks, problems } = readChecks(yaml, context);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '));
  return createEvaluation(checks, source);
}

/** Over what the log has now, in one go. */
export function advanceWith(evaluation: Evaluation, log: SessionReader) {
  const deps = { byteText, bounded: <T>(work: () => T) => work(), pause: () => undefined };
  return createLogEvaluation(log, evaluation, deps);
}

export async function judged(
  yaml: string,
  log: SessionReader,
  source = TIMED,
): Promise<readonly CheckResult[]> {
  const evaluation = evaluationOf(yaml, source);
  await advanceWith(evaluation, log).advance(true);
  evaluation.end();
  return evaluation.results();
}

/** The one result of a document with one check. */
export async function verdictOn(yaml: string, log: SessionReader, source = TIMED): Promise<CheckResult> {
  const [only] = await judged(`- ${yaml.replaceAll('\n', '\n  ')}`, log, source);
  if (!only) throw new Error('There is no check.');
  return only;
}
