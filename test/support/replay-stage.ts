/** A recording made from texts, served by a real replay server. Imports nothing that only runs in a test runner. */
import { performance } from 'node:perf_hooks';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { createRecording } from '../../src/main/replay/recording.ts';
import { createReplayServer, type ReplayServer } from '../../src/main/replay/replay-server.ts';
import { parseFaults } from '../../src/shared/faults/parse-faults.ts';
import type { FaultPlan } from '../../src/shared/faults/fault.ts';
import { DEFAULT_REPLAY, type ReplayOptions } from '../../src/shared/replay/replay-options.ts';
import type { ReplayClient } from '../../src/shared/replay/replay-status.ts';
import type { HeaderPair, ResponseHeadEntry } from '../../src/shared/session/entry.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import type { Framing } from '../../src/shared/sse/framing.ts';
import { attemptEnd, attemptStart, responseHead } from './attempt-entries.ts';

export interface StagedAttempt {
  /** Text or bytes of each socket read, with the milliseconds before it. */
  readonly reads: readonly (readonly [gapMs: number, data: string | Uint8Array])[];
  readonly status?: number;
  readonly headers?: readonly HeaderPair[];
  readonly framing?: Framing;
  /** How it ended. Default: the end of the stream. */
  readonly failed?: 'reset' | 'truncated';
}

/** The session as it would have been recorded. */
export function stagedLog(attempts: readonly StagedAttempt[]): SessionReader {
  const log = createMemoryLog({ sessionId: 'staged', maxBytes: 1024 ** 3 });
  const recorder = createRecorder({ log, byteText: createNodeByteText() });
  let atMs = 0;
  for (const [index, { reads, status = 200, headers, framing = 'sse', failed }] of attempts.entries()) {
    const attempt = index + 1;
    const accepted = status === 200;
    recorder.entry(attemptStart(attempt), (atMs += 1));
    const head = responseHead(attempt, accepted) as ResponseHeadEntry;
    recorder.entry({ ...head, status, framing, ...(headers ? { headers } : {}) }, (atMs += 1));
    recorder.beginBody(attempt, accepted ? framing : null);
    for (const [gapMs, data] of reads)
      recorder.read(typeof data === 'string' ? Buffer.from(data) : data, (atMs += gapMs));
    recorder.endBody(atMs);
    const end = attemptEnd(attempt);
    if (failed && end.kind === 'attempt-end')
      recorder.entry({ ...end, how: 'failed', failure: { code: failed, message: 'It broke' } }, atMs);
    else recorder.entry(end, atMs);
  }
  return log;
}

export function planOf(script: string): FaultPlan {
  const parsed = parseFaults(script);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return parsed.plan;
}

export interface ReplayStage {
  readonly url: string;
  readonly server: ReplayServer;
  /** Answers that are over, in that order. */
  readonly over: readonly ReplayClient[];
  stop(): Promise<void>;
}

const running = new Set<ReplayStage>();

export async function startReplay(
  attempts: readonly StagedAttempt[] | SessionReader,
  changes: Partial<ReplayOptions> & { readonly script?: string } = {},
): Promise<ReplayStage> {
  const { script = '', ...options } = changes;
  const reader = 'readWire' in attempts ? attempts : stagedLog(attempts);
  const over: ReplayClient[] = [];
  const server = createReplayServer({
    recording: createRecording(reader, createNodeByteText()),
    plan: planOf(script),
    options: { ...DEFAULT_REPLAY, speed: 'instant', ...options },
    clock: { nowMs: () => performance.now(), epochMs: () => Date.now() },
    onChange: () => {},
    onOver: (client) => void over.push(client),
  });
  const url = `${await server.start(options.port ?? 0)}/events`;
  const stage = { url, server, over, stop: () => server.stop() };
  running.add(stage);
  return stage;
}

/** For after each test. */
export async function stopReplays(): Promise<void> {
  await Promise.all([...running].map((stage) => stage.stop()));
  running.clear();
}

/** Events with ids from 1 on, each in a read of its own. */
export function numberedEvents(count: number, gapMs = 1): [number, string][] {
  return Array.from({ length: count }, (_, at) => [gapMs, `id: ${at + 1}\ndata: event ${at + 1}\n\n`]);
}
