/** One session, several processes: real ones, with real files. Only one of them writes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectoryCaptureStore } from '../../../src/main/capture/directory-capture-store.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { isLocked } from '../../../src/main/capture/writer-lock.ts';
import { buildScript } from '../../support/build-script.ts';
import { openRecorded, startRecording, temporaryFolder } from '../../support/session-folder.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let writerScript: string;
let takerScript: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  place = await temporaryFolder();
  writerScript = await buildScript(join(import.meta.dirname, 'endless-writer.ts'), place.path);
  takerScript = await buildScript(join(import.meta.dirname, 'lock-taker.ts'), place.path);
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await place.remove();
});

/** Starts to record into `folder` in a process of its own; resolves when the first event is recorded. */
async function startWriter(folder: string): Promise<{ kill: () => Promise<void> }> {
  const writer = spawn(process.execPath, [writerScript, folder, '1', '5'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(writer);
  const closed = once(writer, 'close');
  await once(writer.stdout, 'data');
  writer.stdout.resume();
  return {
    async kill() {
      writer.kill('SIGKILL');
      await closed;
      running.delete(writer);
    },
  };
}

describe('a session that another process records', () => {
  it('is read and not written, and is repaired when that process is gone', async () => {
    const root = join(place.path, 'recorded');
    const store = createDirectoryCaptureStore({
      root,
      byteText: createNodeByteText(),
      epochMs: () => Date.now(),
    });
    // The store makes the root; the writer takes a folder in it.
    const first = await store.create(
      { name: '', method: 'GET', url: 'http://127.0.0.1/', endpointId: null, startedAt: 0 },
      () => undefined,
    );
    await store.finish(first.sessionId, 'ended');
    const id = '20260101-000000-0ther';
    const folder = join(root, id);
    const writer = await startWriter(folder);
    try {
      expect(await isLocked(folder)).toBe(true);
      await expect(startRecording(folder)).rejects.toThrow();
      await expect(store.adopt(folder)).resolves.toBe(id);
      const elsewhere = createDirectoryCaptureStore({
        root: join(place.path, 'elsewhere'),
        byteText: createNodeByteText(),
        epochMs: () => Date.now(),
      });
      await expect(elsewhere.adopt(folder)).rejects.toThrow(/still being recorded/);

      const manifest = await readFile(join(folder, 'manifest.json'), 'utf8');
      // What was recorded is on the disk a moment later.
      await expect.poll(async () => (await stat(join(folder, 'frames.idx'))).size).toBeGreaterThan(3 * 32);
      const { reader, close } = await openRecorded(folder);
      expect(reader.counts.events).toBeGreaterThan(0);
      expect((await reader.journal()).map(({ entry }) => entry.kind)).toEqual([
        'attempt-start',
        'response-head',
      ]);
      await close();
      expect((await store.list()).find((session) => session.id === id)?.outcome).toBe('live');
      expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(manifest);
      expect(await isLocked(folder)).toBe(true);
    } finally {
      await writer.kill();
    }
    expect(await isLocked(folder)).toBe(false);
    expect((await store.list()).find((session) => session.id === id)?.outcome).toBe('interrupted');
    expect(await readdir(folder)).not.toContain('writer.lock');
  });
});

describe('a stale lock', () => {
  it.each([
    ['of a process that is gone', async () => ({ pid: await deadPid(), born: '1' })],
    ['of a process whose number another one has now', async () => ({ pid: process.pid, born: '1' })],
    ['that was never written whole', async () => null],
  ])('%s is taken by one process only, of many that try at once', async (_, ownerOf) => {
    const folder = place.path;
    const lock = join(folder, 'writer.lock');
    const owner = await ownerOf();
    await writeFile(lock, owner ? JSON.stringify(owner) : '{"pid":');
    const takers = Array.from({ length: 6 }, () => {
      const taker = spawn(process.execPath, [takerScript, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
      running.add(taker);
      return taker;
    });
    const answers = await Promise.all(
      takers.map(async (taker) => {
        const [bytes] = (await once(taker.stdout, 'data')) as [Buffer];
        return bytes.toString().trim();
      }),
    );
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(takers.length - 1);
    for (const taker of takers) {
      const closed = once(taker, 'close');
      taker.stdin.end();
      await closed;
      running.delete(taker);
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('writer.lock.'))).toEqual([]);
    await rm(lock, { force: true });
  });
});

describe('an interrupted session that several processes open at once', () => {
  it('is repaired by one of them, and the others wait for it', async () => {
    const folder = join(place.path, 'torn');
    const writer = await startWriter(folder);
    await writer.kill();
    const { size } = await stat(join(folder, 'wire.bin'));
    await truncate(join(folder, 'wire.bin'), Math.max(1, size - 3));
    const opened = await Promise.all([openRecorded(folder), openRecorded(folder), openRecorded(folder)]);
    const events = new Set(opened.map(({ reader }) => reader.counts.events));
    for (const { close } of opened) await close();
    expect(opened.every(({ manifest }) => manifest.sizes !== null)).toBe(true);
    expect(events.size).toBe(1);
    const again = await openRecorded(folder);
    const notices = (await again.reader.journal()).filter(({ entry }) => entry.kind === 'capture-notice');
    await again.close();
    expect(notices).toHaveLength(1);
  });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid ?? 0;
}
