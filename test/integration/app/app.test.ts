import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestSpec } from '../../../src/shared/connection/types.ts';
import type { Client } from '../../../src/shared/ipc/contract.ts';
import type { EndpointNode } from '../../../src/shared/workspace/workspace.ts';
import {
  nextPayload,
  startInProcessApp,
  type InProcessApp,
  type InProcessOptions,
} from '../../support/in-process-app.ts';
import { bodyOfText } from '../../../src/shared/connection/request-body.ts';

let folder = '';
let apps: InProcessApp[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-app-'));
  apps = [];
});
afterEach(async () => {
  for (const app of apps) {
    await app.close();
    expect(app.faults).toEqual([]);
  }
  await rm(folder, { recursive: true, force: true });
});

async function startApp(options: Partial<InProcessOptions> = {}): Promise<InProcessApp> {
  const app = await startInProcessApp({ dataFolder: folder, ...options });
  apps.push(app);
  return app;
}

async function sample(client: Client, name: string): Promise<EndpointNode> {
  const { nodes } = await client.call('workspace:read');
  const found = nodes.find((node) => node.kind === 'endpoint' && node.name === name);
  if (found?.kind !== 'endpoint') throw new Error(`no sample "${name}"`);
  return found;
}

/** Starts a sample, changed if asked for. */
async function startSample(client: Client, name: string, change: Partial<RequestSpec> = {}) {
  const { id, request } = await sample(client, name);
  return client.call('connection:start', {
    endpointId: id,
    environmentId: null,
    name,
    request: { ...request, ...change },
  });
}

const firehose = (query: string) => ({ url: `{{samples}}/samples/firehose?${query}` });

/** Resolves when the session's connection is over and its session finished. */
async function ended(client: Client, sessionId: string): Promise<void> {
  await expect
    .poll(async () => (await client.call('session:summary', { sessionId })).outcome, { timeout: 20_000 })
    .not.toBe('live');
}

describe('the app', () => {
  it('records a stream, tells its status, and shows every entry of it', async () => {
    const { client } = await startApp();
    const open = nextPayload(client, 'session:status', ({ status }) => status.state === 'open');
    const summary = await startSample(client, 'Firehose', firehose('rate=max&count=2000&size=200'));
    expect(summary).toMatchObject({ name: 'Firehose', outcome: 'live', method: 'GET' });
    expect((await open).sessionId).toBe(summary.id);
    const { id: sessionId } = summary;
    await expect
      .poll(async () => (await client.call('session:summary', { sessionId })).counts.events)
      .toBeGreaterThanOrEqual(2000);
    await client.call('connection:stop', { sessionId });
    await ended(client, sessionId);

    const { counts } = await client.call('session:summary', { sessionId });
    const ids: string[] = [];
    for (let from = 0; from < counts.entries; from += 500) {
      const page = await client.call('session:rows', { sessionId, viewId: null, from, count: 500 });
      ids.push(...page.ids.filter((id) => id !== ''));
    }
    expect(ids).toEqual(Array.from({ length: counts.events }, (_, at) => String(at)));
    expect(await client.call('connection:status-all')).toEqual([]);
  });

  it('feeds the tail of a live session to the end, without a hole', async () => {
    const { client } = await startApp();
    const { id: sessionId } = await startSample(client, 'Firehose', firehose('rate=max&count=5000'));
    let told = 0;
    const holes: unknown[] = [];
    client.on('session:batch', (batch) => {
      if (batch.fromSeq > told) holes.push([told, batch.fromSeq]);
      told = batch.counts.entries;
      void client.call('feed:ack', { sessionId, batch: batch.batch });
    });
    told = Math.max(told, (await client.call('feed:watch', { sessionId })).counts.entries);
    await expect.poll(() => told, { timeout: 20_000 }).toBeGreaterThan(5000);
    await client.call('connection:stop', { sessionId });
    await ended(client, sessionId);
    const { counts } = await client.call('session:summary', { sessionId });
    await expect.poll(() => told).toBe(counts.entries);
    expect(holes).toEqual([]);
  });

  it('captures at full speed while a page that watches does not answer', async () => {
    const { client, visit } = await startApp();
    const { id: sessionId } = await startSample(client, 'Firehose', firehose('rate=max&count=20000'));
    const stuck = visit();
    let batches = 0;
    stuck.client.on('session:batch', () => (batches += 1));
    await stuck.client.call('feed:watch', { sessionId });
    await expect
      .poll(async () => (await client.call('session:summary', { sessionId })).counts.events, {
        timeout: 20_000,
      })
      .toBeGreaterThanOrEqual(20_000);
    expect(batches).toBeLessThanOrEqual(2);
    stuck.leave();
    await client.call('connection:stop', { sessionId });
  });

  it('keeps a filtered view up to date and ends it with its page', async () => {
    const { client, visit } = await startApp();
    const { id: sessionId } = await startSample(client, 'Firehose', firehose('rate=max&count=3000'));
    const page = visit();
    const filter = { hiddenKinds: [], text: 'id:7' };
    const found = nextPayload(page.client, 'view:progress', ({ count }) => count === 1);
    const { viewId } = await page.client.call('view:open', { sessionId, filter });
    await found;
    const rows = await page.client.call('session:rows', { sessionId, viewId, from: 0, count: 10 });
    expect(rows.ids).toEqual(['7']);
    const row = await page.client.call('session:row-of-entry', { sessionId, viewId, seq: 0 });
    expect(row).toBe(0);
    await expect(
      client.call('session:rows', { sessionId, viewId, from: 0, count: 10 }),
      'a view belongs to its page',
    ).rejects.toMatchObject({ code: 'not-found' });
    page.leave();
    await expect(
      page.client.call('session:rows', { sessionId, viewId, from: 0, count: 10 }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await client.call('connection:stop', { sessionId });
  });

  it('names a filter that cannot be read', async () => {
    const { client } = await startApp();
    const { id: sessionId } = await startSample(client, 'Live scores');
    const filter = { hiddenKinds: [], text: '"no end' };
    await expect(client.call('view:open', { sessionId, filter })).rejects.toMatchObject({
      code: 'bad-arguments',
    });
  });

  it('deletes a live session after stopping it, and brings it back', async () => {
    const { client } = await startApp();
    const { id: sessionId } = await startSample(client, 'Live scores');
    await client.call('feed:watch', { sessionId });
    await client.call('session:delete', { sessionId });
    expect(await client.call('session:list')).toEqual([]);
    await expect(client.call('session:journal', { sessionId })).rejects.toMatchObject({ code: 'not-found' });
    await client.call('session:restore', { sessionId });
    expect(await client.call('session:list')).toMatchObject([{ id: sessionId, outcome: 'stopped' }]);
    const journal = await client.call('session:journal', { sessionId });
    expect(journal.at(-1)?.entry).toMatchObject({ kind: 'connection-closed' });
  });

  it('comes back after a quit with its endpoints, arrangement and sessions', async () => {
    const first = await startApp();
    const { nodes, ui } = await first.client.call('workspace:read');
    const { request } = await sample(first.client, 'Chat completion');
    const body = JSON.stringify({ ...(JSON.parse(request.body.text) as object), max_tokens: 5 });
    const { id: sessionId } = await startSample(first.client, 'Chat completion', { body: bodyOfText(body) });
    await ended(first.client, sessionId);
    await first.client.call('session:rename', { sessionId, name: 'An answer' });
    await first.client.call('workspace:save-nodes', nodes.slice(0, 2));
    await first.client.call('workspace:save-ui', { ...ui, theme: 'dark', sessionId });
    await first.close();

    const second = await startApp();
    expect(await second.client.call('workspace:read')).toEqual({
      nodes: nodes.slice(0, 2),
      environments: [],
      ui: { ...ui, theme: 'dark', sessionId },
    });
    const [session] = await second.client.call('session:list');
    expect(session).toMatchObject({ id: sessionId, name: 'An answer', outcome: 'ended' });
    const run = await second.client.call('session:frames', { sessionId, fromSeq: 0, maxBytes: 1_000_000 });
    expect(Buffer.from(run.wire).toString()).toContain('data: [DONE]');
    expect(second.said).toEqual([]);
  });

  it('ends live sessions when it quits, and says so in their logs', async () => {
    const first = await startApp();
    const open = nextPayload(first.client, 'session:status', ({ status }) => status.state === 'open');
    const { id: sessionId } = await startSample(first.client, 'Live scores');
    await open;
    await first.close();
    const second = await startApp();
    expect(await second.client.call('session:list')).toMatchObject([{ id: sessionId }]);
    const journal = await second.client.call('session:journal', { sessionId });
    expect(journal.at(-1)?.entry).toMatchObject({ kind: 'connection-closed', why: 'Streamscope was closed' });
  });

  it('exports a session and a part of it', async () => {
    const places = ['whole.ndjson', 'part.sse', 'whole.json'].map((name) => join(folder, name));
    const app = await startApp({ askPlace: async () => places.shift() ?? null });
    const { client } = app;
    const { id: sessionId } = await startSample(client, 'Firehose', firehose('rate=max&count=500'));
    await expect
      .poll(async () => (await client.call('session:summary', { sessionId })).counts.events)
      .toBeGreaterThanOrEqual(500);
    await client.call('connection:stop', { sessionId });
    await ended(client, sessionId);
    const { counts } = await client.call('session:summary', { sessionId });

    const save = async (formatId: string, range: { from: number; to: number } | null) => {
      const done = nextPayload(client, 'export:progress', ({ state }) => state !== 'running');
      const job = await client.call('export:save', {
        sessionId,
        formatId,
        scope: range ? { kind: 'range', range } : { kind: 'all' },
        includeSecrets: false,
      });
      expect(await done).toMatchObject({ state: 'done', jobId: job?.jobId });
      return readFile(job?.path ?? '', 'utf8');
    };
    const lines = (await save('ndjson', null)).trimEnd().split('\n');
    expect(lines).toHaveLength(counts.entries);
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(
      Array.from({ length: counts.entries }, (_, at) => at),
    );
    const formats = await client.call('export:formats');
    const raw = formats.find(({ extension }) => extension === 'sse');
    expect(await save(raw?.id ?? '', { from: 2, to: 4 })).toMatch(/^id: ?0\n[\s\S]*id: ?1\n/);
    expect(JSON.parse(await save('json', null))).toHaveProperty('entries');
    expect(
      await client.call('export:save', {
        sessionId,
        formatId: 'json',
        scope: { kind: 'all' },
        includeSecrets: false,
      }),
    ).toBeNull();
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuses an unknown variable by name', async () => {
    const { client } = await startApp();
    const { request } = await sample(client, 'Live scores');
    const start = {
      environmentId: null,
      endpointId: null,
      name: '',
      request: { ...request, url: '{{smaples}}/x' },
    };
    await expect(client.call('connection:start', start)).rejects.toMatchObject({
      code: 'bad-arguments',
      message: expect.stringContaining('{{smaples}}') as string,
    });
    expect(await client.call('session:list')).toEqual([]);
  });

  it('gives the address of the command line to the first page only', async () => {
    const { client, visit } = await startApp({ openUrl: 'http://127.0.0.1:1/events' });
    expect((await client.call('app:info')).openUrl).toBe('http://127.0.0.1:1/events');
    expect((await visit().client.call('app:info')).openUrl).toBeNull();
  });
});
