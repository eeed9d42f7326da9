/** `.streamscope` files on a real file system: what goes in comes out. */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { writeArchive } from '../../../src/main/archive/write-archive.ts';
import { encodeAnnotations } from '../../../src/shared/session/annotations.ts';
import {
  EVENTS,
  filesOf,
  importInto,
  openArchiveStage,
  SESSION_FILES,
  textsOf,
} from '../../support/archive-stage.ts';

let stage: Awaited<ReturnType<typeof openArchiveStage>>;
beforeEach(async () => {
  stage = await openArchiveStage();
});

describe('a session as one file', () => {
  it('is the same session elsewhere, byte for byte, with its bookmarks and its name', async () => {
    const store = stage.openStore();
    const sessionId = await stage.recorded(store);
    await store.describe(sessionId, { name: 'Renamed', tags: ['slow'], notes: 'why', pinned: true });
    const marks = encodeAnnotations([{ seq: 3, bookmarked: true, note: 'here' }]);
    await writeFile(join(store.folderOf(sessionId), 'annotations.json'), marks);
    const other = stage.openStore('other');

    const { sessionId: taken, report } = await importInto(other, await stage.exported(store, sessionId));
    expect(report).toEqual([]);
    const before = await filesOf(store.folderOf(sessionId));
    const after = await filesOf(other.folderOf(taken));
    expect(Object.keys(after)).toEqual(['annotations.json', ...SESSION_FILES].sort());
    for (const name of Object.keys(after).filter((one) => one !== 'manifest.json'))
      expect(after[name]?.equals(before[name] as Buffer), name).toBe(true);
    const { id: _id, origin: _none, ...said } = await store.summary(sessionId);
    expect(await other.summary(taken)).toMatchObject({
      ...said,
      origin: { kind: 'import', name: 'out.streamscope' },
    });
    // Opened as it was closed: nothing had to be repaired.
    expect(await textsOf(other, taken)).toEqual(await textsOf(store, sessionId));
  });

  it('can be taken while it is recorded, as far as it has come', async () => {
    const store = stage.openStore();
    const sessionId = await stage.record(store);
    const path = await stage.exported(store, sessionId);
    await store.finish(sessionId, 'stopped');
    const { sessionId: taken, report } = await importInto(store, path);
    expect(report).toEqual([expect.stringContaining('not complete when it was exported')]);
    expect(await store.summary(taken)).toMatchObject({ outcome: 'interrupted', counts: { events: 3 } });
    expect((await textsOf(store, taken))[0]).toBe(`${EVENTS.join('')}data: again\n\n`);
  });

  it('tells how far it is, in both directions', async () => {
    const store = stage.openStore();
    const sessionId = await stage.recorded(
      store,
      Array.from({ length: 200 }, (_, at) => `data: ${'x'.repeat(at * 20)}\n\n`),
    );
    const told: number[][] = [];
    const path = stage.path('out.streamscope');
    const chunks = writeArchive({
      folder: store.folderOf(sessionId),
      app: '1',
      onProgress: (...step) => told.push(step),
    });
    await pipeline(chunks, createWriteStream(path));
    expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1]);
    const unpacked: number[][] = [];
    await importInto(store, path, { onProgress: (...step) => unpacked.push(step) });
    expect(unpacked.length).toBeGreaterThan(0);
  });

  it('is not read on when nobody wants the rest', async () => {
    const store = stage.openStore();
    const sessionId = await stage.recorded(store, [
      `data: ${Array.from({ length: 300_000 }, (_, at) => at).join(' ')}\n\n`,
    ]);
    let told = 0;
    const folder = store.folderOf(sessionId);
    for await (const chunk of writeArchive({ folder, app: '1', onProgress: (done) => (told = done) })) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(told).toBeLessThan((await stat(join(folder, 'wire.bin'))).size);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const store = stage.openStore();
    const path = await stage.exported(store, await stage.recorded(store));
    const cancel = new AbortController();
    const importing = importInto(store, path, { signal: cancel.signal, onProgress: () => cancel.abort() });
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
    expect(await stage.names('sessions')).toHaveLength(1);
  });

  it('leaves nothing that looks like a session when the app dies on the way, and the rest goes at the next start', async () => {
    const store = stage.openStore();
    await mkdir(join(stage.path('sessions'), '.adopting-x'), { recursive: true });
    await writeFile(join(stage.path('sessions'), '.adopting-x', 'manifest.json'), '{"formatVersion":1}');
    expect(await store.list()).toEqual([]);
    await store.emptyTrash();
    expect(await stage.names('sessions')).toEqual([]);
  });
});

it('is read when its places and sizes are those of files beyond 4 GB (zip64)', async () => {
  const store = stage.openStore();
  const folder = store.folderOf(await stage.recorded(store));
  const zip = new ZipFile();
  const large = { forceZip64Format: true };
  for (const name of SESSION_FILES) zip.addBuffer(await readFile(join(folder, name)), name, large);
  zip.end({ ...large, comment: '' });
  const path = stage.path('large.streamscope');
  await pipeline(zip.outputStream, createWriteStream(path));
  const { sessionId, report } = await importInto(store, path);
  expect(report).toEqual([expect.stringContaining('no streamscope.json')]);
  expect(await store.summary(sessionId)).toMatchObject({ counts: { events: 3 }, outcome: 'ended' });
});
