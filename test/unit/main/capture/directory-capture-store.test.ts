import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectoryCaptureStore } from '../../../../src/main/capture/directory-capture-store.ts';
import { decodeManifest, encodeManifest } from '../../../../src/main/capture/format.ts';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import type { SessionLog } from '../../../../src/shared/session/log.ts';
import { NEW_SESSION, recordAttempts, temporaryFolder } from '../../../support/session-folder.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let root: string;
let nowMs: number;
beforeEach(async () => {
  place = await temporaryFolder();
  root = join(place.path, 'sessions');
  nowMs = Date.UTC(2026, 6, 31, 14, 22, 33);
});
afterEach(() => place.remove());

/** As one run of the app. */
function openStore() {
  return createDirectoryCaptureStore({ root, byteText: createNodeByteText(), epochMs: () => nowMs });
}

type Store = ReturnType<typeof openStore>;

async function record(store: Store, name = 'Scores', startedAt = nowMs): Promise<SessionLog> {
  const log = await store.create({ ...NEW_SESSION, name, startedAt }, () => {});
  recordAttempts(log, [['data: 1\n\n', ': c\n', 'data: 2\n\n']]);
  return log;
}

/** The folder as a killed app leaves it: everything written, nobody left who would close it. */
async function leaveAsKilled(store: Store): Promise<string> {
  const log = await record(store);
  await log.flush();
  const id = log.sessionId;
  const kept = join(place.path, 'kept');
  await mkdir(kept);
  for (const name of await readdir(join(root, id))) {
    if (name !== 'writer.lock') await writeFile(join(kept, name), await readFile(join(root, id, name)));
  }
  await store.finish(id, 'ended');
  await rm(join(root, id), { recursive: true });
  await mkdir(join(root, id));
  for (const name of await readdir(kept))
    await writeFile(join(root, id, name), await readFile(join(kept, name)));
  return id;
}

describe('the folder of sessions', () => {
  it('is empty at first, and is made when it is needed', async () => {
    expect(await openStore().list()).toEqual([]);
    const log = await record(openStore());
    expect(log.sessionId).toMatch(/^20260731-142233-[0-9a-f]{8}$/);
    await log.close();
  });

  it('lists live sessions with their counts of now, and finished ones after a restart', async () => {
    const store = openStore();
    const log = await record(store);
    expect(await store.list()).toMatchObject([
      { id: log.sessionId, name: 'Scores', outcome: 'live', counts: { events: 2, comments: 1, attempts: 1 } },
    ]);
    await store.finish(log.sessionId, 'stopped');
    const [listed] = await store.list();
    expect(listed).toMatchObject({
      outcome: 'stopped',
      durationMs: 7,
      counts: { entries: 6, bodyBytes: 22 },
    });
    expect(await openStore().list()).toEqual([listed]);
  });

  it('lists the newest first and passes over what is no session', async () => {
    const store = openStore();
    for (const [at, name] of ['old', 'new', 'middle'].entries()) {
      const startedAt = [1000, 3000, 2000][at] ?? 0;
      const log = await record(store, name, startedAt);
      await store.finish(log.sessionId, 'ended');
    }
    await mkdir(join(root, 'something-else'));
    await writeFile(join(root, 'a-file'), '');
    expect((await store.list()).map((summary) => summary.name)).toEqual(['new', 'middle', 'old']);
  });

  it('opens a session once for all who read it, until the last one is done', async () => {
    const first = openStore();
    const { sessionId } = await record(first);
    await first.finish(sessionId, 'ended');
    const store = openStore();
    const [one, two] = await Promise.all([store.open(sessionId), store.open(sessionId)]);
    expect(one).toBe(two);
    await store.release(sessionId);
    expect(await one.readWire(0, 9)).toHaveLength(9);
    await store.release(sessionId);
    await expect(one.readWire(0, 9)).rejects.toThrow();
  });

  it('lets a live session be read, also after it has ended', async () => {
    const store = openStore();
    const log = await record(store);
    const reader = await store.open(log.sessionId);
    expect(reader).toBe(log);
    await store.finish(log.sessionId, 'ended');
    expect(await reader.readWire(0, 9)).toHaveLength(9);
    await store.release(log.sessionId);
  });

  it('renames live and stored sessions', async () => {
    const store = openStore();
    const { sessionId } = await record(store);
    await store.describe(sessionId, { name: 'While it runs' });
    expect((await store.summary(sessionId)).name).toBe('While it runs');
    await store.finish(sessionId, 'ended');
    const later = openStore();
    await later.describe(sessionId, { name: 'Afterwards' });
    expect(await openStore().list()).toMatchObject([{ name: 'Afterwards', outcome: 'ended' }]);
  });

  it('removes and restores, and forgets for good at the next start', async () => {
    const store = openStore();
    const { sessionId } = await record(store);
    await expect(store.remove(sessionId)).rejects.toMatchObject({ code: 'busy' });
    await store.finish(sessionId, 'ended');
    await store.open(sessionId);
    await store.remove(sessionId);
    expect(await store.list()).toEqual([]);
    await expect(store.open(sessionId)).rejects.toMatchObject({ code: 'not-found' });
    await store.restore(sessionId);
    expect(await store.list()).toMatchObject([{ id: sessionId }]);
    await store.remove(sessionId);
    await openStore().emptyTrash();
    await expect(store.restore(sessionId)).rejects.toMatchObject({ code: 'not-found' });
    expect(await readdir(root)).toEqual([]);
  });

  it('shows a session whose writer died as interrupted, repaired, with its counts', async () => {
    const sessionId = await leaveAsKilled(openStore());
    const store = openStore();
    const [summary] = await store.list();
    expect(summary).toMatchObject({
      id: sessionId,
      outcome: 'interrupted',
      counts: { events: 2, entries: 7 },
    });
    const reader = await store.open(sessionId);
    expect((await reader.journal()).at(-1)?.entry).toMatchObject({
      kind: 'capture-notice',
      code: 'repaired',
    });
    await store.release(sessionId);
    expect(await openStore().list()).toEqual([summary]);
  });

  it('repairs an interrupted session once, however many ask for it at the same time', async () => {
    const sessionId = await leaveAsKilled(openStore());
    const store = openStore();
    const [list, reader, summary] = await Promise.all([
      store.list(),
      store.open(sessionId),
      store.summary(sessionId),
      store.list(),
    ]);
    expect(list).toEqual([summary]);
    const kinds = (await reader.journal()).map((line) => line.entry.kind);
    expect(kinds.filter((kind) => kind === 'capture-notice')).toHaveLength(1);
    await store.release(sessionId);
    expect(await openStore().list()).toEqual(list);
  });

  it('leaves a session alone that another process records', async () => {
    const sessionId = await leaveAsKilled(openStore());
    // This very process is alive, and has no other name for it.
    const stat = await readFile('/proc/self/stat', 'utf8').catch(() => '');
    const born = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    const lock = join(root, sessionId, 'writer.lock');
    await writeFile(lock, JSON.stringify({ pid: process.pid, born }));
    const before = await readFile(join(root, sessionId, 'manifest.json'));
    const store = openStore();
    expect(await store.list()).toMatchObject([{ outcome: 'live' }]);
    const reader = await store.open(sessionId);
    expect(reader.counts.events).toBe(2);
    await store.release(sessionId);
    expect(await readFile(join(root, sessionId, 'manifest.json'))).toEqual(before);
    // A process with the number of the writer, but not the writer.
    await writeFile(lock, JSON.stringify({ pid: process.pid, born: 'another time' }));
    expect(await store.list()).toMatchObject([{ outcome: 'interrupted' }]);
  });

  it('names what it cannot do', async () => {
    await writeFile(join(place.path, 'not-a-folder'), '');
    const store = createDirectoryCaptureStore({
      root: join(place.path, 'not-a-folder', 'sessions'),
      byteText: createNodeByteText(),
      epochMs: () => nowMs,
    });
    await expect(store.create(NEW_SESSION, () => {})).rejects.toThrow(
      /A session could not be started \(.*not-a-folder/,
    );
    for (const id of ['../../etc', '', '.trash', 'nothing-here']) {
      await expect(openStore().open(id)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('the manifest', () => {
  it('reads what it wrote, and neutral values for what is missing', () => {
    const manifest = decodeManifest('{"formatVersion":1,"name":"x"}');
    expect(manifest).toMatchObject({
      name: 'x',
      url: '',
      outcome: 'interrupted',
      sizes: null,
      endpointId: null,
    });
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
  });

  it.each(['[]', '{}', 'null', '{"formatVersion":"1"}', '{"formatVersion":0}'])('refuses %s', (text) => {
    expect(() => decodeManifest(text)).toThrow(/session/i);
  });
});
