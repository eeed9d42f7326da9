/** Replays in the whole app: opened, served, changed, told, and gone with their session. */
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Client } from '../../../src/shared/ipc/contract.ts';
import { DEFAULT_REPLAY } from '../../../src/shared/replay/replay-options.ts';
import { nextPayload, startInProcessApp, type InProcessApp } from '../../support/in-process-app.ts';
import { askRaw } from '../replay/raw-client.ts';

let folder = '';
let app: InProcessApp;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-replays-'));
  app = await startInProcessApp({ dataFolder: folder });
});
afterEach(async () => {
  await app.close();
  expect(app.faults).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

/** A session of the NDJSON sample that has ended. */
async function recorded(client: Client): Promise<string> {
  const { nodes } = await client.call('workspace:read');
  const node = nodes.find((one) => one.kind === 'endpoint' && one.name === 'NDJSON');
  if (node?.kind !== 'endpoint') throw new Error('no sample');
  const session = { endpointId: node.id, environmentId: null, name: 'Lines', request: node.request };
  const { id } = await client.call('connection:start', session);
  await expect
    .poll(async () => (await client.call('session:summary', { sessionId: id })).outcome, { timeout: 20_000 })
    .toBe('ended');
  return id;
}

async function urlOf(client: Client, replayId: string): Promise<string> {
  const replay = (await client.call('replay:list')).find(({ id }) => id === replayId);
  if (!replay) throw new Error('no replay');
  return replay.url;
}

it('serves a session at an address of its own, changes while it runs, and tells of its clients', async () => {
  const { client } = app;
  const sessionId = await recorded(client);
  const opened = await client.call('replay:open', { sessionId });
  expect(opened).toMatchObject({ state: 'stopped', name: 'Lines', url: '', faultsSaved: true });
  expect((await client.call('replay:open', { sessionId })).id).toBe(opened.id);
  const replayId = opened.id;
  const options = { ...DEFAULT_REPLAY, speed: 'instant' } as const;
  await client.call('replay:update', { replayId, options, faults: '' });
  const told = nextPayload(client, 'replays:changed', ([one]) => one?.clients[0]?.state === 'done');
  await client.call('replay:start', { replayId });
  const url = await urlOf(client, replayId);
  const { text } = await askRaw(url);
  const bytes = await client.call('session:wire', { sessionId, offset: 0, length: 1 << 20 });
  expect(text).toBe(Buffer.from(bytes).toString());
  expect((await told)[0]).toMatchObject({ requests: 1, clients: [{ attempt: 1, status: 200 }] });

  const faults = 'faults:\n  - status: 503\n';
  await client.call('replay:update', { replayId, options, faults });
  expect((await askRaw(url)).status).toBe(503);
  await expect(
    client.call('replay:update', { replayId, options, faults: 'faults:\n  - stal: 1s' }),
  ).rejects.toThrow('line 2: "stal" is no fault');

  await client.call('replay:save-faults', { replayId });
  expect(await readFile(join(folder, 'sessions', sessionId, 'faults.yaml'), 'utf8')).toBe(faults);
  await client.call('replay:stop', { replayId });
  await expect(askRaw(url)).rejects.toThrow('ECONNREFUSED');
  await client.call('replay:remove', { replayId });
  expect(await client.call('replay:list')).toEqual([]);
  expect(await client.call('replay:open', { sessionId })).toMatchObject({ faults, faultsSaved: true });
});

it('says which port is taken, and goes with its session', async () => {
  const { client } = app;
  const sessionId = await recorded(client);
  const { id: replayId } = await client.call('replay:open', { sessionId });
  const { samplesOrigin } = await client.call('app:info');
  const port = Number(new URL(samplesOrigin).port);
  await client.call('replay:update', { replayId, options: { ...DEFAULT_REPLAY, port }, faults: '' });
  await expect(client.call('replay:start', { replayId })).rejects.toThrow(`Port ${port} is in use`);
  await client.call('replay:update', { replayId, options: DEFAULT_REPLAY, faults: '' });
  await client.call('replay:start', { replayId });
  const url = await urlOf(client, replayId);
  await client.call('session:delete', { sessionId });
  await expect(askRaw(url)).rejects.toThrow('ECONNREFUSED');
  expect(await client.call('replay:list')).toEqual([]);
  await expect(client.call('replay:start', { replayId })).rejects.toThrow('not there any more');
});
