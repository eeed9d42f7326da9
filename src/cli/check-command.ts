/** `streamscope check` as a command of the program: what is judged, and how the results are told. */
import { stat, writeFile } from 'node:fs/promises';
import type { Clock } from '../shared/base/clock.ts';
import type { CheckResult } from '../shared/checks/check.ts';
import { junitXml } from '../shared/checks/junit.ts';
import { reportText } from '../shared/checks/report.ts';
import { resultsJson } from '../shared/checks/results-json.ts';
import { redactUrl } from '../shared/session/redact.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import {
  CHECK,
  EXIT_CHECK_FAILED,
  EXIT_NOTHING_TO_CHECK,
  readCheckArguments,
  type CheckArguments,
} from './check-arguments.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { connectAndRecord } from './connect-and-record.ts';
import { httpOfProcess } from './http-of-process.ts';
import { inkOf } from './ink.ts';
import { createJudge, followAndJudge, judgeBytes, judgeSession, type Judge } from './judge.ts';
import { framedChunks, readFraming } from './read-as.ts';
import { bodyReader } from './read-body.ts';
import { readRequest } from './request-arguments.ts';
import { withSource } from './source.ts';
import { readSpecFile } from './spec-file.ts';

interface Judged {
  readonly results: readonly CheckResult[];
  /** What went wrong besides the checks; null: nothing. */
  readonly failure: string | null;
  /** There was something to judge. */
  readonly came: boolean;
}

export function checkCommand(byteText: ByteText, clock: Clock): Command {
  return {
    ...CHECK,
    async run(args, io) {
      const given = readCheckArguments(args);
      const checks = await readSpecFile(given.spec);
      const startedAt = clock.epochMs();
      const isAddress = await namesAddress(given.target);
      const judge = createJudge(checks, { timed: true, connected: true, byteText });
      const judged = isAddress
        ? await judgeAddress(given, judge, io, byteText, clock)
        : await judgePath(given, checks, judge, io, byteText);
      const target = isAddress ? redactUrl(given.target) : given.target;
      await tell(given, target, judged, io, startedAt, clock.epochMs() - startedAt);
      if (!judged.came) {
        io.note(judged.failure ?? 'There was nothing to judge.');
        return EXIT_NOTHING_TO_CHECK;
      }
      const isBad = judged.results.some(({ state }) => state === 'failed' || state === 'pending');
      return isBad ? EXIT_CHECK_FAILED : 0;
    },
  };
}

/** What is there as a file is one, whatever its name. */
async function namesAddress(target: string): Promise<boolean> {
  if (target === '-') return false;
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  return !isThere && /^(?:[a-z][a-z0-9+.-]*:\/\/|unix:)/i.test(target);
}

async function judgeAddress(
  { target, values, maxMs, folder, failFast }: CheckArguments,
  judge: Judge,
  io: CommandIo,
  byteText: ByteText,
  clock: Clock,
): Promise<Judged> {
  const asked = await readRequest(target, values, bodyReader(io));
  const http = httpOfProcess(clock, asked.request, io);
  const { output, onInterrupt } = io;
  const end = await connectAndRecord(
    { ...asked, maxMs, folder },
    { output, onInterrupt, http, clock, byteText },
    (log, _startedAt, steering) => followAndJudge(judge, log, steering, failFast),
  );
  const journal = await end.log.journal();
  await end.close();
  const came = journal.some(({ entry }) => entry.kind === 'response-head');
  return { results: judge.finish(), failure: end.failure, came };
}

async function judgePath(
  { target, values }: CheckArguments,
  checks: Parameters<typeof createJudge>[0],
  judge: Judge,
  { input }: CommandIo,
  byteText: ByteText,
): Promise<Judged> {
  const readAs = values['read-as'];
  if (readAs === 'sse-only') throw new UsageError('--read-as sse-only is for addresses.');
  const asked = readFraming(readAs);
  const ofBytes = createJudge(checks, { timed: false, connected: false, byteText });
  let results: readonly CheckResult[] = [];
  try {
    await withSource(target, input, byteText, {
      async onBytes(source) {
        const { framing, chunks } = await framedChunks(asked, target, source);
        await judgeBytes(ofBytes, chunks, framing, byteText);
        results = ofBytes.finish();
      },
      async onSession(reader) {
        await judgeSession(judge, reader);
        results = judge.finish();
      },
    });
    return { results, failure: null, came: true };
  } catch (error) {
    return { results, failure: error instanceof Error ? error.message : String(error), came: false };
  }
}

async function tell(
  { json, junit, spec }: CheckArguments,
  target: string,
  { results, failure, came }: Judged,
  io: CommandIo,
  startedAt: number,
  durationMs: number,
): Promise<void> {
  if (junit !== null) {
    const timestamp = new Date(startedAt).toISOString();
    const xml = junitXml({
      name: target,
      timestamp,
      durationMs,
      file: spec,
      results,
      failure: came ? null : failure,
    });
    await writeFile(junit, xml).catch((error: unknown) => {
      throw new Error(
        `The JUnit file cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
  if (json)
    await io.output.write(
      `${JSON.stringify(resultsJson({ target, results, failure: came ? null : failure }))}\n`,
    );
  else if (results.length > 0) await io.output.write(reportText(results, inkOf(io.terminal)));
  if (came && failure !== null) io.note(`The connection failed: ${failure}`);
}
