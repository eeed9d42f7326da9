/**
 * The soak: many connections through the real service into real logs, against a server that keeps failing, each dropped at random
 * from this side as well; then everything is counted. `run-soak SERVER_SCRIPT SETTINGS_JSON`, with --expose-gc; progress goes to
 * standard error, the report as JSON to standard output.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { createDirectoryCaptureStore } from '../../src/main/capture/directory-capture-store.ts';
import { createConnectionService } from '../../src/main/connections/connection-service.ts';
import { createUndiciHttpPort } from '../../src/main/connections/undici-http-port.ts';
import { BLANK_REQUEST } from '../../src/shared/connection/blank-request.ts';
import type { RequestSpec } from '../../src/shared/connection/types.ts';
import type { SessionOutcome } from '../../src/shared/session/entry.ts';
import type { SessionLog } from '../../src/shared/session/log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { checkSession } from './check-session.ts';
import { holdings, leftOver } from './left-over.ts';
import { watchMemory } from './memory-watch.ts';
import type { SoakReport, SoakSettings } from './soak-report.ts';
import { hasIds, type FromServer, type ToServer } from './soak-stream.ts';

const CATCH_UP_MS = 120_000;
const PROGRESS_MS = 15_000;

const [serverScript = '', settingsJson = '{}'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await soak(JSON.parse(settingsJson) as SoakSettings))}\n`);

async function soak(settings: SoakSettings): Promise<SoakReport> {
  const collect = globalThis.gc;
  if (!collect) throw new Error('The soak needs node --expose-gc.');
  const warnings: string[] = [];
  const warn = (warning: Error): void => void warnings.push(`${warning.name}: ${warning.message}`);
  process.on('warning', warn);
  const random = seededRandom(settings.seed);
  const root = await mkdtemp(join(tmpdir(), 'streamscope-soak-'));
  const server = startServer(settings);
  const { port } = await answerOf(server, 'listening');
  const byteText = createNodeByteText();
  const store = createDirectoryCaptureStore({ root, byteText, epochMs: Date.now });
  const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };
  const service = createConnectionService({ http: createUndiciHttpPort({ nowMs: clock.nowMs }), clock });
  const before = holdings();

  const logs: SessionLog[] = [];
  const ended: Promise<void>[] = [];
  const faults: string[] = [];
  for (let index = 0; index < settings.connections; index += 1) {
    const request = soakRequest(`http://127.0.0.1:${port}/${index}`);
    const log = await store.create(
      { name: String(index), method: 'GET', url: request.url, endpointId: null, startedAt: Date.now() },
      (error) => faults.push(`Storing failed: ${error.message}`),
    );
    logs.push(log);
    const over = new Promise<Exclude<SessionOutcome, 'live'>>((resolve) => {
      const recorder = createRecorder({ log, byteText, lastEventId: '' });
      service.start({ sessionId: log.sessionId, request, recorder, onStatus: () => {}, onEnded: resolve });
    });
    ended.push(
      over.then((outcome) => {
        if (outcome !== 'stopped') faults.push(`Stream ${index} ended by itself (${outcome})`);
        return store.finish(log.sessionId, outcome);
      }),
    );
  }

  const startedMs = performance.now();
  const memory = watchMemory(Math.max(250, settings.durationMs / 120), collect);
  let dropped = 0;
  const dropping = setInterval(() => {
    for (const log of logs) {
      if (random() >= 50 / settings.dropMs) continue;
      dropped += 1;
      if (random() < 0.5) service.reconnectNow(log.sessionId);
      else service.steer(log.sessionId, { kind: 'drop' });
    }
  }, 50);
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    const attempts = sum(logs.map(({ counts }) => counts.attempts));
    const events = sum(logs.map(({ counts }) => counts.events));
    const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
    process.stderr.write(`${seconds} s: ${events} events, ${attempts} attempts, heap ${heap} MiB\n`);
  }, PROGRESS_MS);
  await sleep(settings.durationMs);
  clearInterval(dropping);
  clearInterval(progress);
  const memoryReport = memory.stop();

  tell(server, { kind: 'finish' });
  const { heads } = await answerOf(server, 'finished');
  await caughtUp(logs, heads, (index) => service.status(logs[index]?.sessionId ?? '')?.lastEventId ?? '');
  for (const { sessionId } of logs) service.stop(sessionId);
  await Promise.all(ended);

  const checks = [];
  for (const [index, { sessionId }] of logs.entries()) {
    const reader = await store.open(sessionId);
    checks.push(await checkSession(reader, byteText, String(index), heads[index] ?? 0, hasIds(index)));
    await store.release(sessionId);
  }
  const after = await settled(before);
  tell(server, { kind: 'report' });
  const { openSockets, faults: serverFaults } = await answerOf(server, 'report');
  server.disconnect();
  await once(server, 'exit');
  await rm(root, { recursive: true });
  process.off('warning', warn);
  return {
    settings,
    numbered: sum(Object.values(heads)),
    events: sum(checks.map(({ events }) => events)),
    missedWithoutIds: sum(checks.map(({ missed }) => missed)),
    attempts: sum(checks.map(({ attempts }) => attempts)),
    droppedByClient: dropped,
    serverFaults,
    faults: [...faults, ...warnings, ...checks.flatMap((check) => check.faults)],
    leftOver: [...after, ...(openSockets > 0 ? [`${openSockets} sockets at the server`] : [])],
    memory: memoryReport,
  };
}

function soakRequest(url: string): RequestSpec {
  const reconnect = { preset: 'resilient', initialDelayMs: 200, floorMs: 50, maxDelayMs: 2000 } as const;
  return { ...BLANK_REQUEST, url, reconnect };
}

function startServer({ seed, eventsPerSecond, dropMs }: SoakSettings): ChildProcess {
  return fork(serverScript, [String(seed), String(eventsPerSecond), String(dropMs)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
}

function tell(server: ChildProcess, message: ToServer): void {
  server.send(message);
}

function answerOf<K extends FromServer['kind']>(
  server: ChildProcess,
  kind: K,
): Promise<Extract<FromServer, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('The server of the soak ended.'));
    const receive = (message: unknown): void => {
      const answer = message as FromServer;
      if (answer.kind !== kind) return;
      server.off('message', receive).off('exit', ended);
      resolve(answer as Extract<FromServer, { kind: K }>);
    };
    server.on('message', receive).once('exit', ended);
  });
}

/** Resolves when every stream that can be resumed has its last event; what is missing after a while is found by the check. */
async function caughtUp(
  logs: readonly SessionLog[],
  heads: Readonly<Record<string, number>>,
  lastEventId: (index: number) => string,
): Promise<void> {
  const dueMs = performance.now() + CATCH_UP_MS;
  const behind = () =>
    logs.some((_log, index) => hasIds(index) && lastEventId(index) !== String(heads[index] ?? 0));
  while (behind() && performance.now() < dueMs) await sleep(50);
}

/** What is left when nothing more goes away; sockets need a moment to close. */
async function settled(before: ReturnType<typeof holdings>): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const left = leftOver(before, holdings());
    if (left.length === 0 || tries === 100) return left;
    await sleep(50);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
