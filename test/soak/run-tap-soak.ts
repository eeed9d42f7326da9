/**
 * The soak of a tap: many streams through one at once, many of them dropped by their clients, and then everything counted on all
 * three sides. `run-tap-soak PEER_SCRIPT SETTINGS_JSON`, with --expose-gc; progress goes to standard error, the report as JSON to
 * standard output.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { createDirectoryCaptureStore } from '../../src/main/capture/directory-capture-store.ts';
import { startTap } from '../../src/main/tap/running-tap.ts';
import { createUpstream } from '../../src/main/tap/upstream-way.ts';
import { BLANK_TAP } from '../../src/shared/tap/tap-spec.ts';
import { holdings, leftOver, type Holdings } from './left-over.ts';
import { watchMemory } from './memory-watch.ts';
import type { FromPeer, StreamCount, TapSoakReport, TapSoakSettings, ToPeer } from './tap-soak-report.ts';

const PROGRESS_MS = 15_000;

const [peerScript = '', settingsJson = '{}'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await soak(JSON.parse(settingsJson) as TapSoakSettings))}\n`);

async function soak(settings: TapSoakSettings): Promise<TapSoakReport> {
  const collect = globalThis.gc;
  if (!collect) throw new Error('The soak needs node --expose-gc.');
  const root = await mkdtemp(join(tmpdir(), 'streamscope-tap-soak-'));
  const peer = fork(peerScript, [JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const { port } = await answerOf(peer, 'listening');
  const byteText = createNodeByteText();
  const store = createDirectoryCaptureStore({ root, byteText, epochMs: Date.now });
  const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };
  const faults: string[] = [];
  const warn = (warning: Error): void => void faults.push(`${warning.name}: ${warning.message}`);
  process.on('warning', warn);
  const before = holdings();
  /** Identifier and number of each stream's session. */
  const sessions = new Map<number, string>();
  const tap = await startTap(
    { ...BLANK_TAP, id: 'soak', target: `http://127.0.0.1:${port}` },
    {
      store,
      byteText,
      clock,
      openUpstream: createUpstream({ nowMs: clock.nowMs, byteText, systemProxy: async () => 'DIRECT' }),
      onSession: ({ log, exchange }) => sessions.set(Number(/\d+/.exec(exchange.path)?.[0]), log.sessionId),
      onChanged: () => {},
      onHeldChanged: () => {},
      onFault: (what, error) => faults.push(`${what}: ${String(error)}`),
    },
  );
  tell(peer, { kind: 'read', origin: tap.address });

  const startedMs = performance.now();
  const memory = watchMemory(Math.max(250, settings.durationMs / 120), collect);
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
    process.stderr.write(`${seconds} s: ${tap.requests} streams, ${tap.open} open, heap ${heap} MiB\n`);
  }, PROGRESS_MS);
  await sleep(settings.durationMs);
  clearInterval(progress);
  const memoryReport = memory.stop();
  tell(peer, { kind: 'finish' });
  const { streams, faults: peerFaults } = await answerOf(peer, 'finished');
  await tap.stop();
  const after = await settled(before);
  process.off('warning', warn);
  peer.disconnect();
  await once(peer, 'exit');

  let recorded = 0;
  for (const [number, count] of streams) {
    const sessionId = sessions.get(number);
    const events = sessionId === undefined ? 0 : (await store.summary(sessionId)).counts.events;
    recorded += events;
    faults.push(...faultsOf(number, count, events));
    if (sessionId !== undefined) faults.push(...(await orderFaults(store, sessionId, number)));
  }
  await rm(root, { recursive: true });
  const sum = (of: (count: StreamCount) => number) => streams.reduce((all, [, count]) => all + of(count), 0);
  return {
    settings,
    streams: streams.length,
    dropped: sum(({ dropped }) => (dropped ? 1 : 0)),
    sent: sum(({ sent }) => sent),
    received: sum(({ received }) => received),
    recorded,
    faults: [...faults, ...peerFaults],
    leftOver: after,
    memory: memoryReport,
  };
}

/** What is lost: all of a stream that ended well must be everywhere, and of a dropped one all that its client got. */
function faultsOf(number: number, { sent, received, dropped }: StreamCount, recorded: number): string[] {
  if (!dropped && (received !== sent || recorded !== sent))
    return [`Stream ${number}: ${sent} events were sent, ${received} received and ${recorded} recorded`];
  if (dropped && (recorded < received || recorded > sent))
    return [
      `Stream ${number}, dropped: ${sent} events were sent, ${received} received and ${recorded} recorded`,
    ];
  return [];
}

async function orderFaults(
  store: ReturnType<typeof createDirectoryCaptureStore>,
  sessionId: string,
  number: number,
): Promise<string[]> {
  const reader = await store.open(sessionId);
  const text = Buffer.from(await reader.readWire(0, reader.wireBytes)).toString('utf8');
  await store.release(sessionId);
  const wrong = [...text.matchAll(/^id: (\d+)$/gm)].findIndex(([, id], at) => Number(id) !== at);
  return wrong < 0 ? [] : [`Stream ${number}: the ${wrong + 1}. recorded event is out of order`];
}

function tell(peer: ChildProcess, message: ToPeer): void {
  peer.send(message);
}

function answerOf<K extends FromPeer['kind']>(
  peer: ChildProcess,
  kind: K,
): Promise<Extract<FromPeer, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('The other process of the soak ended.'));
    const receive = (message: unknown): void => {
      const from = message as FromPeer;
      if (from.kind !== kind) return;
      peer.off('message', receive).off('exit', ended);
      resolve(from as Extract<FromPeer, { kind: K }>);
    };
    peer.on('message', receive).on('exit', ended);
  });
}

/** What is left when everything that goes by itself has gone. */
async function settled(before: Holdings): Promise<string[]> {
  const LONGEST_MS = 10_000;
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    const left = leftOver(before, holdings());
    if (left.length === 0 || performance.now() > until) return left;
    await sleep(100);
  }
}
