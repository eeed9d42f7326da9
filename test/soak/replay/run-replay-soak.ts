/** Many clients of one replay for minutes, and then the count: run by scripts/soak.mjs as a process of its own with --expose-gc. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { openFolder } from '../../../src/main/capture/open-folder.ts';
import { recordFolder } from '../../../src/main/capture/record-folder.ts';
import { createSyncRound } from '../../../src/main/capture/sync-round.ts';
import { createRecording } from '../../../src/main/replay/recording.ts';
import { createReplayServer } from '../../../src/main/replay/replay-server.ts';
import { NO_FAULTS } from '../../../src/shared/faults/fault.ts';
import { DEFAULT_REPLAY } from '../../../src/shared/replay/replay-options.ts';
import { createRecorder } from '../../../src/shared/session/recorder.ts';
import { attemptEnd, attemptStart, responseHead } from '../../support/attempt-entries.ts';
import { watchMemory, type MemoryReport } from '../memory-watch.ts';
import type { ClientSettings, ClientsReport } from './replay-clients.ts';

export interface ReplaySoakSettings {
  readonly clients: number;
  readonly durationMs: number;
  readonly eventsPerSecond: number;
}

export interface ReplaySoakReport extends ClientsReport {
  readonly settings: ReplaySoakSettings;
  /** What the slowest clock would have played. */
  readonly expected: number;
  readonly activeAtEnd: number;
  readonly activeAfter: number;
  readonly memory: MemoryReport;
}

/** One round of the recording. */
const EVENTS = 300;
const byteText = createNodeByteText();

const [clientsPath = '', settingsText = '{}'] = process.argv.slice(2);
const settings = JSON.parse(settingsText) as ReplaySoakSettings;
process.stdout.write(JSON.stringify(await run()));

async function run(): Promise<ReplaySoakReport> {
  const parent = await mkdtemp(join(tmpdir(), 'streamscope-soak-'));
  const folder = join(parent, 'session');
  await record(folder);
  const { reader, close } = await openFolder(folder, { byteText });
  const server = createReplayServer({
    recording: createRecording(reader, byteText),
    plan: NO_FAULTS,
    options: { ...DEFAULT_REPLAY, loop: true },
    clock: { nowMs: () => performance.now(), epochMs: () => Date.now() },
    onChange: () => {},
    onOver: () => {},
  });
  try {
    const url = `${await server.start(0)}/events`;
    const asked: ClientSettings = { url, clients: settings.clients, events: EVENTS, dropMs: 5000 };
    const clients = fork(clientsPath, [JSON.stringify(asked)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const memory = watchMemory(Math.max(500, settings.durationMs / 100), globalThis.gc ?? (() => {}));
    await sleep(settings.durationMs);
    const used = memory.stop();
    const activeAtEnd = server.active;
    clients.send('stop');
    const [report] = (await once(clients, 'message')) as [ClientsReport];
    if (clients.exitCode === null) await once(clients, 'exit');
    // The server hears of the last ones that left a moment later.
    for (let tries = 0; server.active > 0 && tries < 100; tries += 1) await sleep(20);
    const expected = Math.floor((settings.durationMs / 1000) * settings.eventsPerSecond);
    return { ...report, settings, expected, activeAtEnd, activeAfter: server.active, memory: used };
  } finally {
    await server.stop();
    await close();
    await rm(parent, { recursive: true, force: true });
  }
}

async function record(folder: string): Promise<void> {
  const session = { name: 'Soak', method: 'GET', url: '/', endpointId: null, startedAt: Date.now() };
  const syncRound = createSyncRound();
  const recording = await recordFolder({
    folder,
    sessionId: 'soak',
    session,
    onFailure: () => {},
    syncRound,
  });
  const recorder = createRecorder({ log: recording.log, byteText });
  recorder.entry(attemptStart(1), 0);
  recorder.entry(responseHead(1), 1);
  recorder.beginBody(1, 'sse');
  let atMs = 1;
  for (let number = 1; number <= EVENTS; number += 1) {
    atMs += 1000 / settings.eventsPerSecond;
    recorder.read(Buffer.from(`id: ${number}\ndata: ${number} ${'·'.repeat(number % 50)}\n\n`), atMs);
  }
  recorder.endBody(atMs);
  recorder.entry(attemptEnd(1), atMs);
  await recording.finish('ended');
  await recording.closeFiles();
}
