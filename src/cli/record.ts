/**
 * `streamscope record`: a connection as the app makes it, recorded into a folder or into bounded memory, and printed as it
 * comes. Owns when it ends and what counts as a failure.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/base/clock.ts';
import type { ConnectionStatus } from '../shared/connection/types.ts';
import type { SessionOutcome } from '../shared/session/entry.ts';
import { createRecorder } from '../shared/session/recorder.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { createConnectionService } from '../main/connections/connection-service.ts';
import type { HttpPort } from '../main/connections/http-port.ts';
import type { CommandIo } from './command.ts';
import type { RecordSpec } from './record-arguments.ts';
import { openRecordTarget } from './record-target.ts';
import { resumeSummary } from './resume-summary.ts';
import { createSessionPrinter } from './session-printer.ts';

export interface RecordDeps extends Pick<CommandIo, 'output' | 'onInterrupt' | 'note'> {
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly byteText: ByteText;
}

const SESSION = randomUUID();

/** Resolves at a normal end, with the folder complete. Rejects with a sentence about what failed, with the folder complete. */
export async function record(spec: RecordSpec, deps: RecordDeps): Promise<void> {
  const { output, clock, byteText } = deps;
  const { request } = spec;
  const connections = createConnectionService({ http: deps.http, clock });
  let failure: string | null = null;
  let wasOpen = false;
  const stop = (why: string) => void connections.stop(SESSION, 'limit', why);
  const fail = (why: string) => {
    failure ??= why;
    stop(why);
  };

  const startedAt = clock.epochMs();
  const target = await openRecordTarget(spec, startedAt, (error) => {
    failure ??= error.message;
    connections.storageFailed(SESSION, error);
  });
  const printer = createSessionPrinter({
    log: target.log,
    output,
    byteText,
    startedAt,
    raw: spec.raw,
    maxEvents: spec.maxEvents,
    onEnough: () => stop(`${spec.maxEvents} events were printed`),
    onFailure: (error) => fail(`The output cannot be written: ${error.message}`),
  });
  const recorder = createRecorder({ log: target.log, byteText, lastEventId: request.lastEventId });
  const { drained } = recorder;
  /** The recorder itself, which is not ready for more before the printer is. */
  const paced = Object.create(recorder, {
    drained: { value: () => Promise.all([drained(), printer.caughtUp()]) },
  }) as typeof recorder;

  const onStatus = (status: ConnectionStatus) => {
    if (status.state === 'open') wasOpen = true;
    if (status.state === 'failed') failure ??= status.failure?.message ?? status.reason;
    // What never was a stream is no stream to be taken up again: at a prompt, an error at once is worth more than patience.
    if (status.state === 'waiting' && !wasOpen && !spec.patient)
      fail(status.failure?.message ?? status.reason);
  };
  const ended = new Promise<Exclude<SessionOutcome, 'live'>>((onEnded) => {
    connections.start({ sessionId: SESSION, request, recorder: paced, onStatus, onEnded });
  });
  const undo = [
    deps.onInterrupt(() => void connections.stop(SESSION, 'user', 'You interrupted it')),
    output.onClosed(() => stop('Nobody reads its output any more')),
    afterMs(spec.maxMs, () => stop(`The time of ${Number(spec.maxMs) / 1000} s is over`)),
  ];
  if (failure !== null) stop(failure);

  const outcome = await ended;
  await printer.finish();
  const resumes = resumeSummary(await target.log.journal());
  if (resumes !== null) deps.note(resumes);
  await target.finish(failure === null ? outcome : 'failed');
  for (const cancel of undo) cancel();
  if (failure !== null) throw new Error(failure);
}

function afterMs(ms: number | null, act: () => void): () => void {
  if (ms === null) return () => {};
  const timer = setTimeout(act, Math.min(ms, 2 ** 31 - 1));
  return () => clearTimeout(timer);
}
