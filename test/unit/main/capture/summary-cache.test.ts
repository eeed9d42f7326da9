import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDirectoryCaptureStore } from '../../../../src/main/capture/directory-capture-store.ts';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createSummaryCache } from '../../../../src/main/capture/summary-cache.ts';
import { NEW_SESSION, recordAttempts, temporaryFolder } from '../../../support/session-folder.ts';
import { sessionSummary } from '../../../support/session-summary.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let root: string;
beforeEach(async () => {
  place = await temporaryFolder();
  root = join(place.path, 'sessions');
  await mkdir(root);
});
afterEach(() => place.remove());

/** A folder that nobody changed for a minute. */
async function settledFolder(name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await age(folder);
  return folder;
}

async function age(folder: string, seconds = 60): Promise<void> {
  const then = Date.now() / 1000 - seconds;
  await utimes(folder, then, then);
}

const answer = (id: string, keep = true) => vi.fn(async () => ({ summary: sessionSummary(id), keep }));

describe('summaries that are kept', () => {
  it('are read once, also by the next run', async () => {
    const folder = await settledFolder('s');
    const read = answer('s');
    const cache = createSummaryCache(root);
    await cache.summary(folder, 's', read);
    expect(await cache.summary(folder, 's', read)).toEqual(sessionSummary('s'));
    await cache.settle(['s']);
    await createSummaryCache(root).summary(folder, 's', read);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('are read again when the folder changed, or may change unseen', async () => {
    const folder = await settledFolder('s');
    const read = answer('s');
    const cache = createSummaryCache(root);
    await cache.summary(folder, 's', read);
    await age(folder, 50);
    await cache.summary(folder, 's', read);
    await writeFile(join(folder, 'x'), '');
    await cache.summary(folder, 's', read);
    await cache.summary(folder, 's', read);
    expect(read).toHaveBeenCalledTimes(4);
  });

  it('are not kept of sessions that are recorded', async () => {
    const folder = await settledFolder('s');
    const read = answer('s', false);
    const cache = createSummaryCache(root);
    await cache.summary(folder, 's', read);
    await cache.summary(folder, 's', read);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it.each(['', '{', '{"version":99,"sessions":{}}', '[]'])(
    'do without a file that reads %j',
    async (text) => {
      const folder = await settledFolder('s');
      await writeFile(join(root, '.summaries.json'), text);
      const read = answer('s');
      await createSummaryCache(root).summary(folder, 's', read);
      expect(read).toHaveBeenCalledTimes(1);
    },
  );

  it('forget sessions that are gone', async () => {
    const cache = createSummaryCache(root);
    await cache.summary(await settledFolder('a'), 'a', answer('a'));
    await cache.summary(await settledFolder('b'), 'b', answer('b'));
    await cache.settle(['b']);
    const kept = JSON.parse(await readFile(join(root, '.summaries.json'), 'utf8')) as { sessions: object };
    expect(Object.keys(kept.sessions)).toEqual(['b']);
  });
});

it('the list of sessions follows every change, whatever was kept of it', async () => {
  const openStore = () =>
    createDirectoryCaptureStore({ root, byteText: createNodeByteText(), epochMs: Date.now });
  const store = openStore();
  const log = await store.create({ ...NEW_SESSION, name: 'One' }, () => {});
  recordAttempts(log, [['data: 1\n\n']]);
  await store.finish(log.sessionId, 'ended');
  await age(store.folderOf(log.sessionId));
  expect(await store.list()).toMatchObject([{ name: 'One', marked: false }]);

  await store.describe(log.sessionId, { name: 'Two', tags: ['x'] });
  expect(await store.list()).toMatchObject([{ name: 'Two', tags: ['x'] }]);
  await age(store.folderOf(log.sessionId), 50);
  await openStore().list();
  await writeFile(join(store.folderOf(log.sessionId), 'annotations.json'), '{}');
  expect(await openStore().list()).toMatchObject([{ name: 'Two', marked: true }]);
});
