import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/shared/ipc/contract.ts';
import type { ExportScope } from '../../../src/shared/ipc/exchange.ts';
import { nextPayload, startInProcessApp, type InProcessApp } from '../../support/in-process-app.ts';

let folder = '';
let app: InProcessApp;
let place = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamscope-import-'));
  app = await startInProcessApp({
    dataFolder: join(folder, 'data'),
    askPlace: async () => place,
    askFile: async () => join(folder, 'capture.sse'),
  });
});
afterEach(async () => {
  expect(app.faults).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const KEY = `sk-proj-${'aB3xZ9'.repeat(6)}`;
const BODY = `id: 1\nevent: goal\ndata: {"key":"${KEY}"}\n\ndata: b\n\nevent: goal\ndata: c\n\n`;

/** As the window hands a dropped file over. */
async function handOver(client: Client, name: string, content: string) {
  const { importId } = await client.call('import:begin', { name });
  const bytes = new TextEncoder().encode(content);
  for (let at = 0; at < bytes.length; at += 1000)
    await client.call('import:add', { importId, bytes: bytes.slice(at, at + 1000) });
  return client.call('import:look', { importId });
}

async function exported(
  client: Client,
  sessionId: string,
  formatId: string,
  scope: ExportScope,
  includeSecrets = false,
) {
  place = join(folder, `out.${formatId}`);
  const done = nextPayload(client, 'export:progress', ({ state }) => state !== 'running');
  await client.call('export:save', { sessionId, formatId, scope, includeSecrets });
  return { progress: await done, text: await readFile(place, 'utf8') };
}

describe('captures and the app', () => {
  it('takes in a file that is chosen, and one that is handed over, as sessions of the list', async () => {
    const { client } = app;
    await writeFile(join(folder, 'capture.sse'), BODY);
    const chosen = await client.call('import:choose');
    expect(chosen).toMatchObject({ fileName: 'capture.sse', captures: [{ name: 'capture' }] });
    const [first] = await client.call('import:run', { importId: chosen?.importId ?? '', chosen: [0] });
    expect(first).toMatchObject({
      name: 'capture',
      outcome: 'ended',
      origin: { kind: 'import', name: 'capture.sse' },
    });
    expect(first?.counts.events).toBe(3);

    const plan = await handOver(client, 'Pasted text', BODY);
    const [second] = await client.call('import:run', { importId: plan.importId, chosen: [0] });
    expect((await client.call('session:list')).map(({ id }) => id).sort()).toEqual(
      [first?.id, second?.id].sort(),
    );
    // Nothing of what was handed over stays behind.
    expect(await readdir(join(folder, 'data', 'imports'))).toEqual([]);
  });

  it('says what is wrong with a file, and leaves no session behind', async () => {
    const { client } = app;
    await expect(handOver(client, 'a.html', '<p>Hello</p>')).rejects.toMatchObject({
      code: 'bad-arguments',
      message: expect.stringContaining('Supported are') as string,
    });
    const lines = Array.from(
      { length: 60 },
      (_, seq) => `{"seq":${seq},"kind":"comment","atMs":1,"attempt":1,"comments":["a"]}\n`,
    );
    const broken = await handOver(client, 'a.ndjson', `${lines.join('')}{"seq":60,`);
    await expect(client.call('import:run', { importId: broken.importId, chosen: [0] })).rejects.toThrow(
      'Line 61',
    );
    expect(await client.call('session:list')).toEqual([]);
  });

  it('exports a filter result and a range, counts the secrets, and leaves them out until it is asked for them', async () => {
    const { client } = app;
    const plan = await handOver(client, 'capture.sse', BODY);
    const [session] = await client.call('import:run', { importId: plan.importId, chosen: [0] });
    const sessionId = session?.id ?? '';
    const goals: ExportScope = { kind: 'filter', filter: { text: 'type:goal', hiddenKinds: [] } };
    expect(await client.call('export:look', { sessionId, scope: goals })).toMatchObject({
      entries: 2,
      looked: 2,
      found: { events: 1 },
    });
    const filtered = await exported(client, sessionId, 'ndjson', goals);
    const lines = filtered.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { data: string });
    expect(lines.map(({ data }) => data)).toEqual(['{"key":"[redacted]"}', 'c']);
    expect(filtered.progress).toMatchObject({ state: 'done', redacted: 1 });
    const raw = await exported(client, sessionId, 'sse', goals, true);
    expect(raw.text).toBe(`id: 1\nevent: goal\ndata: {"key":"${KEY}"}\n\nevent: goal\ndata: c\n\n`);
  });

  it('comes back from HAR as it was', async () => {
    const { client } = app;
    const plan = await handOver(client, 'capture.sse', BODY);
    const [session] = await client.call('import:run', { importId: plan.importId, chosen: [0] });
    const { text } = await exported(client, session?.id ?? '', 'har', { kind: 'all' }, true);
    const again = await handOver(client, 'out.har', text);
    const [copy] = await client.call('import:run', { importId: again.importId, chosen: [0] });
    expect(copy).toMatchObject({
      name: session?.name,
      startedAt: session?.startedAt,
      counts: session?.counts,
    });
    const wire = await client.call('session:wire', { sessionId: copy?.id ?? '', offset: 0, length: 10_000 });
    expect(new TextDecoder().decode(wire)).toBe(BODY);
  });
});
