/** Session files on a real file system: sessions that are recorded, exported and imported, and zips put together by hand. */
import { createWriteStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';
import { encodeHeader } from '../../src/main/archive/archive-format.ts';
import { importArchive, type ImportArchiveOptions } from '../../src/main/archive/import-archive.ts';
import { writeArchive } from '../../src/main/archive/write-archive.ts';
import {
  createDirectoryCaptureStore,
  type DirectoryCaptureStore,
} from '../../src/main/capture/directory-capture-store.ts';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { NEW_SESSION, recordAttempts, temporaryFolder } from './session-folder.ts';
import { zipBytes, type ZipEntry } from './zip-bytes.ts';

const byteText = createNodeByteText();
export const SESSION_FILES = ['frames.idx', 'journal.ndjson', 'manifest.json', 'reads.bin', 'wire.bin'];
export const EVENTS = [
  'event: goal\nid: 1\ndata: one\n\n',
  ': comment\n\ndata: tw',
  'o\n\nretry: 5\n\n',
  'data: last',
];

type Reads = readonly (string | Uint8Array)[];

/** A place of its own for the test that asks, removed after it. */
export async function openArchiveStage() {
  const place = await temporaryFolder();
  onTestFinished(place.remove);
  const path = (name: string): string => join(place.path, name);
  const openStore = (name = 'sessions') =>
    createDirectoryCaptureStore({ root: path(name), byteText, epochMs: () => 1_700_000_000_000 });

  async function record(store: DirectoryCaptureStore, reads: Reads = EVENTS): Promise<string> {
    const log = await store.create({ ...NEW_SESSION, name: 'Scores' }, () => {});
    recordAttempts(log, [reads, ['data: again\n\n']]);
    await log.flush();
    return log.sessionId;
  }

  async function recorded(store: DirectoryCaptureStore, reads?: Reads): Promise<string> {
    const sessionId = await record(store, reads);
    await store.finish(sessionId, 'ended');
    return sessionId;
  }

  return {
    path,
    openStore,
    record,
    recorded,
    names: async (folder = '.') => (await readdir(path(folder))).sort(),
    async exported(store: DirectoryCaptureStore, sessionId: string): Promise<string> {
      const chunks = writeArchive({ folder: store.folderOf(sessionId), app: '1.2.3' });
      await pipeline(chunks, createWriteStream(path('out.streamscope')));
      return path('out.streamscope');
    },
    /** The files of a recorded session as entries, for zips that are put together by hand. */
    async sessionEntries(): Promise<ZipEntry[]> {
      const store = openStore('elsewhere');
      const files = await filesOf(store.folderOf(await recorded(store)));
      return [
        { name: 'streamscope.json', data: encodeHeader('1') },
        ...Object.entries(files).map(([name, data]) => ({ name, data })),
      ];
    },
    async zipFile(entries: readonly ZipEntry[]): Promise<string> {
      await writeFile(path('made.streamscope'), zipBytes(entries));
      return path('made.streamscope');
    },
  };
}

export function importInto(
  store: DirectoryCaptureStore,
  path: string,
  options: ImportArchiveOptions = {},
  freeBytes = 1e12,
) {
  const deps = { takeIn: store.takeIn, byteText, freeBytes: () => Promise.resolve(freeBytes) };
  return importArchive(path, deps, options);
}

export async function filesOf(folder: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(folder)).sort();
  const files = names.map(async (name) => [name, await readFile(join(folder, name))] as const);
  return Object.fromEntries(await Promise.all(files));
}

export function replaced(entries: readonly ZipEntry[], name: string, change: Partial<ZipEntry>): ZipEntry[] {
  return entries.map((entry) => (entry.name === name ? { ...entry, ...change } : entry));
}

/** The bytes of a session, and the kinds of what is in its journal. */
export async function textsOf(store: DirectoryCaptureStore, sessionId: string): Promise<readonly string[]> {
  const reader = await store.open(sessionId);
  const wire = await reader.readWire(0, reader.wireBytes);
  const kinds = (await reader.journal()).map(({ entry }) => entry.kind);
  await store.release(sessionId);
  return [Buffer.from(wire).toString(), ...kinds];
}
