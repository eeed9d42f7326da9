/** Taps as the window knows them: saved, started, told of, deleted; their sessions in the list while they go on. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { BLANK_TAP, type TapSpec } from '../../../src/shared/tap/tap-spec.ts';
import type { TapStatus } from '../../../src/shared/tap/tap-state.ts';
import { startInProcessApp, type InProcessApp } from '../../support/in-process-app.ts';
import { connectRaw } from '../../support/raw-client.ts';
import { temporaryFolder } from '../../support/session-folder.ts';
import { startRawServer } from '../connections/raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function startApp(dataFolder: string): Promise<InProcessApp> {
  const app = await startInProcessApp({ dataFolder });
  open.push(app);
  return app;
}

async function folder(): Promise<string> {
  const { path, remove } = await temporaryFolder();
  open.push({ close: remove });
  return path;
}

const SPEC: TapSpec = { ...BLANK_TAP, id: 'tap-1', name: 'Chat', target: 'http://127.0.0.1:1' };
const GET = 'GET /events?key=sk-12345678 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/** Resolves with the first list of taps that fits. */
function tapsWhere(app: InProcessApp, fits: (taps: readonly TapStatus[]) => boolean) {
  return new Promise<readonly TapStatus[]>((resolve) => {
    const end = app.client.on('tap:changed', (taps) => {
      if (!fits(taps)) return;
      end();
      resolve(taps);
    });
  });
}

function portOf(tap: TapStatus | undefined): number {
  if (tap?.run.kind !== 'running') throw new Error(`The tap is ${tap?.run.kind ?? 'not there'}`);
  return tap.run.port;
}

test('a request through a tap is a live session that can be looked at, stopped and found again', async () => {
  const server = await startRawServer();
  open.push(server);
  const app = await startApp(await folder());
  const { client } = app;
  await client.call('tap:save', { ...SPEC, target: server.origin });
  await client.call('tap:start', { tapId: 'tap-1' });
  const [tap] = await client.call('tap:list');

  const listed = new Promise<void>((resolve) => client.on('session:list-changed', () => resolve()));
  const raw = connectRaw(portOf(tap));
  raw.send(GET);
  const call = await server.call(1);
  call.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n');
  await raw.until('data: a\n\n');
  await listed;
  const [session] = await client.call('session:list');
  expect(session).toMatchObject({
    name: 'GET /events',
    outcome: 'live',
    origin: { kind: 'tap', name: 'Chat' },
  });
  expect(session?.url).toContain('key=(hidden-11)');
  const [exchange] = await client.call('tap:exchanges', { tapId: 'tap-1' });
  expect(exchange).toMatchObject({ status: 200, kind: 'stream', events: 1, sessionId: session?.id });
  expect(exchange?.path).toBe('/events?key=(hidden-11)');
  const statuses = await client.call('connection:status-all');
  expect(statuses.map(({ status }) => status.state)).toEqual(['open']);

  const closed = raw.closed;
  await client.call('connection:stop', { sessionId: session?.id ?? '' });
  await closed;
  await call.closed.passed;
  await client.call('tap:stop', { tapId: 'tap-1' });
  expect((await client.call('session:list'))[0]).toMatchObject({ outcome: 'stopped' });
  expect(app.faults).toEqual([]);
});

test('taps are there again after a restart, and run when they are to', async () => {
  const dataFolder = await folder();
  const first = await startInProcessApp({ dataFolder });
  await first.client.call('tap:save', SPEC);
  await first.client.call('tap:save', { ...SPEC, id: 'tap-2', autoStart: true });
  await first.close();
  expect(JSON.parse(await readFile(join(dataFolder, 'taps.json'), 'utf8'))).toMatchObject({ version: 1 });

  const second = await startApp(dataFolder);
  const isUp = ([, tap]: readonly TapStatus[]) => tap?.run.kind === 'running';
  const now = await second.client.call('tap:list');
  const taps = isUp(now) ? now : await tapsWhere(second, isUp);
  expect(taps.map(({ spec, run }) => [spec.id, run.kind])).toEqual([
    ['tap-1', 'stopped'],
    ['tap-2', 'running'],
  ]);
});

test('a port that is taken is said in the state, and the answer', async () => {
  const server = await startRawServer();
  open.push(server);
  const { client } = await startApp(await folder());
  await client.call('tap:save', { ...SPEC, port: server.port });
  await expect(client.call('tap:start', { tapId: 'tap-1' })).rejects.toThrow(/is in use by another program/);
  expect((await client.call('tap:list'))[0]?.run).toMatchObject({ kind: 'failed' });
});

test('a tap that leads nowhere, or with a rule that cannot be read, is not saved', async () => {
  const { client } = await startApp(await folder());
  await expect(client.call('tap:save', { ...SPEC, target: 'ftp://x' })).rejects.toThrow(/http: and https:/);
  const rule = {
    id: 'r',
    enabled: true,
    path: '',
    filter: 'data~/(/',
    times: 0,
    action: { kind: 'drop' },
  } as const;
  await expect(client.call('tap:save', { ...SPEC, rules: [rule] })).rejects.toThrow(/^Rule 1: /);
  expect(await client.call('tap:list')).toEqual([]);
});
