/**
 * A connection as the app makes it, recorded into a folder or into bounded memory while something follows the log: a printer, a
 * judge. Owns when it ends and what counts as a failure; what becomes of what was recorded is the follower's business.
 */
import { randomUUID } from 'node:crypto';
import type { Clock, EpochMs } from '../shared/base/clock.ts';
import type { ConnectionStatus, RequestSpec } from '../shared/connection/types.ts';
import type { SessionOutcome } from '../shared/session/entry.ts';
import type { SessionLog } from '../shared/session/log.ts';
import { createRecorder } from '../shared/session/recorder.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { createConnectionService } from '../main/connections/connection-service.ts';
import type { HttpPort } from '../main/connections/http-port.ts';
import type { CommandIo } from './command.ts';
import { openRecordTarget } from './record-target.ts';

/** Follows what is recorded. */
export interface Follower {
  /** Resolves when what is recorded is not too far ahead of it. */
  caughtUp(): Promise<void>;
  /** Resolves when it has seen everything; nothing more will come. */
  finish(): Promise<void>;
}

/** What a follower can do to the connection. */
export interface Steering {
  /** A normal end, and why. */
  stop(why: string): void;
  /** An end as a failure. */
  fail(why: string): void;
  /** Milliseconds on the session's clock. */
  nowMs(): number;
}

export interface RecordingSpec {
  readonly request: RequestSpec;
  /** The policy holds also before the stream was open for the first time. */
  readonly patient: boolean;
  readonly maxMs: number | null;
  /** The session's folder; null: nothing is kept. */
  readonly folder: string | null;
}

export interface RecordingDeps extends Pick<CommandIo, 'output' | 'onInterrupt'> {
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly byteText: ByteText;
}

export interface RecordingEnd {
  readonly log: SessionLog;
  /** In a sentence; null: a normal end. */
  readonly failure: string | null;
  /** The folder, if there is one, is complete afterwards. */
  close(): Promise<void>;
}

const SESSION = randomUUID();

/** Resolves when the connection has ended and its follower is done. `close` is to be called in any case. */
export async function connectAndRecord(
  spec: RecordingSpec,
  deps: RecordingDeps,
  follow: (log: SessionLog, startedAt: EpochMs, steering: Steering) => Follower,
): Promise<RecordingEnd> {
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
  const originMs = clock.nowMs();
  const follower = follow(target.log, startedAt, { stop, fail, nowMs: () => clock.nowMs() - originMs });
  const recorder = createRecorder({ log: target.log, byteText, lastEventId: request.lastEventId });
  const { drained } = recorder;
  /** The recorder itself, which is not ready for more before the follower is. */
  const paced = Object.create(recorder, {
    drained: { value: () => Promise.all([drained(), follower.caughtUp()]) },
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
  await follower.finish();
  return {
    log: target.log,
    get failure() {
      return failure;
    },
    async close() {
      await target.finish(failure === null ? outcome : 'failed');
      for (const cancel of undo) cancel();
    },
  };
}

function afterMs(ms: number | null, act: () => void): () => void {
  if (ms === null) return () => {};
  const timer = setTimeout(act, Math.min(ms, 2 ** 31 - 1));
  return () => clearTimeout(timer);
}
