/** Alerts in the whole app: each leads to one notification and one entry of the journal; a flood to one with a count. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NO_ALERTS, type AlertSpec } from '../../../src/shared/connection/alert-spec.ts';
import { BLANK_REQUEST } from '../../../src/shared/connection/blank-request.ts';
import type { AlertEntry } from '../../../src/shared/session/entry.ts';
import { startInProcessApp, type InProcessApp } from '../../support/in-process-app.ts';
import { startSseServer, type Script, type SseServer } from '../../support/sse-server.ts';

let folder = '';
let app: InProcessApp;
let server: SseServer | null = null;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-alerts-'));
  app = await startInProcessApp({ dataFolder: folder });
});
afterEach(async () => {
  await app.close();
  await server?.stop();
  expect(app.faults).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

const WAIT = { timeout: 20_000 };

async function connect(alerts: Partial<AlertSpec>, script: Script, checks = ''): Promise<string> {
  server = await startSseServer({ '/s': script });
  const request = {
    ...BLANK_REQUEST,
    url: `${server.origin}/s`,
    reconnect: { preset: 'one-answer' },
    alerts: { ...NO_ALERTS, ...alerts },
  } as const;
  const { nodes } = await app.client.call('workspace:read');
  const common = { parentId: null, name: 'Watched', note: '' };
  const node = { kind: 'endpoint', id: 'watched', ...common, request, checks } as const;
  await app.client.call('workspace:save-nodes', [...nodes, node]);
  const start = { endpointId: 'watched', environmentId: null, name: 'Watched', request };
  return (await app.client.call('connection:start', start)).id;
}

async function ended(sessionId: string): Promise<void> {
  const outcome = async () => (await app.client.call('session:summary', { sessionId })).outcome;
  await expect.poll(outcome, WAIT).not.toBe('live');
}

async function alertsIn(sessionId: string): Promise<readonly AlertEntry[]> {
  const journal = await app.client.call('session:journal', { sessionId });
  return journal.flatMap(({ entry }) => (entry.kind === 'alert' ? [entry] : []));
}

it('tells of an event that matches, while the stream goes on, and of no other', async () => {
  const sessionId = await connect({ matches: 'type:error' }, async (call) => {
    await call.write('data: fine\n\n', 'event: error\ndata: sad\n\n', 'data: fine again\n\n');
  });
  await expect.poll(() => app.notices.length, WAIT).toBe(1);
  const message = 'Event #3 matches “type:error”.';
  expect(app.notices).toEqual([{ sessionId, title: 'Watched', body: message }]);
  expect((await app.client.call('session:summary', { sessionId })).outcome).toBe('live');
  await app.client.call('connection:stop', { sessionId });
  await ended(sessionId);
  expect(await alertsIn(sessionId)).toEqual([
    { kind: 'alert', attempt: 1, rule: 'match', message, count: 1 },
  ]);
});

it('tells of a flood once, and counts all of it in the journal', async () => {
  const sessionId = await connect({ matches: 'tick' }, async (call) => {
    for (let n = 0; n < 42; n += 1) await call.write(`data: tick ${n}\n\n`);
    call.end();
  });
  await ended(sessionId);
  expect(app.notices).toHaveLength(1);
  const told = await alertsIn(sessionId);
  expect(told.map(({ rule }) => rule)).toEqual(told.map(() => 'match'));
  expect(told.length).toBeLessThanOrEqual(2);
  expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(42);
});

it('tells of the end of the stream', async () => {
  const sessionId = await connect({ onEnd: true, onFailure: true }, (call) => call.end());
  await ended(sessionId);
  expect(app.notices.map(({ body }) => body)).toEqual(['The stream ended.']);
  expect(await alertsIn(sessionId)).toMatchObject([{ rule: 'end', count: 1 }]);
});

it('tells of a failure', async () => {
  const sessionId = await connect({ onEnd: true, onFailure: true }, (call) => call.head({ status: 404 }));
  await ended(sessionId);
  expect(app.notices).toHaveLength(1);
  expect(app.notices[0]?.body).toContain('404');
  expect(await alertsIn(sessionId)).toMatchObject([{ rule: 'failure', count: 1 }]);
});

it('tells of a stall once while nothing comes', async () => {
  const sessionId = await connect({ stallMs: 300 }, (call) => call.write('data: a\n\n'));
  await expect.poll(() => app.notices.length, WAIT).toBe(1);
  expect(app.notices[0]?.body).toBe('The stream stalls: nothing came for 300 ms.');
  await app.client.call('connection:stop', { sessionId });
  await ended(sessionId);
  expect(app.notices).toHaveLength(1);
  expect(await alertsIn(sessionId)).toMatchObject([{ rule: 'stall', count: 1 }]);
});

it('tells of a check that fails', async () => {
  const sessionId = await connect(
    { onCheckFailed: true },
    (call) => call.end(),
    '- count: { at-least: 1 }\n  name: Something comes\n',
  );
  await ended(sessionId);
  expect(app.notices).toHaveLength(1);
  expect(app.notices[0]?.body).toMatch(/^The check “Something comes” failed: /);
  expect(await alertsIn(sessionId)).toMatchObject([{ rule: 'check-failed', count: 1 }]);
});

it('says that a query cannot be read, and tells of the rest all the same', async () => {
  const sessionId = await connect({ matches: '(open', onEnd: true }, (call) => call.end());
  await ended(sessionId);
  expect((await alertsIn(sessionId)).map(({ rule }) => rule)).toEqual(['off', 'end']);
  expect(app.notices[0]?.body).toContain('cannot be read');
});

it('says nothing of what nobody asked for', async () => {
  const sessionId = await connect({}, async (call) => {
    await call.write('event: error\ndata: x\n\n');
    call.end();
  });
  await ended(sessionId);
  expect(app.notices).toEqual([]);
  expect(await alertsIn(sessionId)).toEqual([]);
});
