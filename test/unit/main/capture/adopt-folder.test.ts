import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectoryCaptureStore } from '../../../../src/main/capture/directory-capture-store.ts';
import { takeLock } from '../../../../src/main/capture/writer-lock.ts';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { NEW_SESSION, recordAttempts, temporaryFolder } from '../../../support/session-folder.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let elsewhere: string;
let root: string;
beforeEach(async () => {
  place = await temporaryFolder();
  root = join(place.path, 'sessions');
  elsewhere = join(place.path, 'elsewhere');
  const store = storeAt(join(place.path, 'other'));
  const log = await store.create({ ...NEW_SESSION, name: 'From elsewhere' }, () => {});
  recordAttempts(log, [['data: 1\n\n', ': c\n', 'data: 2\n\n']]);
  await store.finish(log.sessionId, 'ended');
  await cp(join(place.path, 'other', log.sessionId), elsewhere, { recursive: true });
});
afterEach(() => place.remove());

function storeAt(folder: string) {
  return createDirectoryCaptureStore({
    root: folder,
    byteText: createNodeByteText(),
    epochMs: () => Date.now(),
  });
}

/** Contents of the files by name. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return Object.fromEntries(names.map((name, at) => [name, texts[at] ?? '']));
}

describe('a session folder from elsewhere', () => {
  it('is taken in as a copy with everything in it, and stays as it was', async () => {
    const before = await contents(elsewhere);
    const store = storeAt(root);
    const id = await store.adopt(elsewhere);
    expect(await store.list()).toMatchObject([
      { id, name: 'From elsewhere', counts: { events: 2, comments: 1 } },
    ]);
    const reader = await store.open(id);
    expect(Buffer.from(await reader.readWire(0, 100)).toString()).toBe('data: 1\n\n: c\ndata: 2\n\n');
    await store.release(id);
    expect(await contents(elsewhere)).toEqual(before);
  });

  it('is repaired in the copy alone', async () => {
    await rm(join(elsewhere, 'frames.idx'));
    await truncate(join(elsewhere, 'reads.bin'), 20);
    const before = await contents(elsewhere);
    const store = storeAt(root);
    const id = await store.adopt(elsewhere);
    expect((await store.summary(id)).counts.bodyBytes).toBe(22);
    expect(await contents(elsewhere)).toEqual(before);
  });

  it('is not copied when it is one of our own', async () => {
    const store = storeAt(root);
    const id = await store.adopt(elsewhere);
    expect(await store.adopt(join(root, id))).toBe(id);
    expect(await store.list()).toHaveLength(1);
  });

  it.each([
    ['has no manifest', async () => rm(join(elsewhere, 'manifest.json')), /no session folder/],
    [
      'has a manifest and nothing else',
      async () => {
        for (const name of ['wire.bin', 'reads.bin', 'frames.idx', 'journal.ndjson'])
          await rm(join(elsewhere, name));
        await writeFile(join(elsewhere, 'manifest.json'), '{');
      },
      /damaged/,
    ],
    [
      'is of a newer version',
      async () => writeFile(join(elsewhere, 'manifest.json'), '{"formatVersion":99}'),
      /newer|version/,
    ],
    ['is still being recorded', async () => takeLock(elsewhere), /recorded/],
  ])('is refused with a reason when it %s, and leaves nothing behind', async (_what, spoil, message) => {
    await mkdir(root, { recursive: true });
    await spoil();
    await expect(storeAt(root).adopt(elsewhere)).rejects.toThrow(message);
    expect(await readdir(root)).toEqual([]);
  });
});
