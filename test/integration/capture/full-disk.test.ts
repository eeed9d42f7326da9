/** What happens when the disk is full: a real file system of a few MiB, where we may mount one. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { createRecorder } from '../../../src/shared/session/recorder.ts';
import { attemptStart, responseHead } from '../../support/attempt-entries.ts';
import { openRecorded, startRecording, temporaryFolder } from '../../support/session-folder.ts';

const MIB = 1024 * 1024;
/** More than a log holds back in memory before it makes its writer wait. */
const DISK_BYTES = 12 * MIB;

function mount(path: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', path]).status === 0;
}

function unmount(path: string): void {
  spawnSync('umount', ['-l', path]);
}

function tryMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const path = mkdtempSync(join(tmpdir(), 'streamscope-mount-'));
  const mounted = mount(path);
  if (mounted) unmount(path);
  rmdirSync(path);
  return mounted;
}

const canMount = tryMount();

describe.skipIf(!canMount)('a session on a disk that becomes full (needs the right to mount)', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  let disk: string;
  beforeEach(async () => {
    place = await temporaryFolder();
    disk = join(place.path, 'disk');
    await mkdir(disk);
    expect(mount(disk)).toBe(true);
  });
  afterEach(async () => {
    unmount(disk);
    await place.remove();
  });

  /** Records events of about 100 bytes until the log refuses, and returns how many that were. */
  async function fill(failures: Error[]) {
    const folder = join(disk, 'session');
    const recording = await startRecording(folder, (error) => failures.push(error));
    const recorder = createRecorder({ log: recording.log, byteText: createNodeByteText() });
    recorder.entry(attemptStart(1), 0);
    recorder.entry(responseHead(1), 0);
    recorder.beginBody(1, 'sse');
    let refused: unknown = null;
    let sent = 0;
    while (!refused && sent < 100_000) {
      let text = '';
      for (let at = 0; at < 100; at += 1) text += `data: ${String(sent++).padStart(90, '0')}\n\n`;
      recorder.read(Buffer.from(text), sent);
      await recorder.drained().catch((error: unknown) => (refused = error));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { recording, recorder, folder, refused, sent };
  }

  it('says so once and in plain words, and keeps what it has', async () => {
    const failures: Error[] = [];
    await writeFile(join(disk, 'ballast'), Buffer.alloc(DISK_BYTES - MIB));
    const { recording, recorder, folder, refused } = await fill(failures);
    expect(refused).toBeInstanceOf(Error);
    expect(failures).toEqual([refused]);
    expect(failures[0]?.message).toMatch(/can no longer be stored .*disk is full\. Free some space/);

    // More is refused, and takes no memory.
    const { log } = recording;
    const { count, wireBytes } = log;
    for (let at = 0; at < 50; at += 1) recorder.read(Buffer.alloc(64 * 1024, 'x'), 1e6);
    expect([log.count, log.wireBytes]).toEqual([count, wireBytes]);
    expect((await log.journal()).at(-1)?.entry).toMatchObject({ kind: 'capture-notice', code: 'disk' });
    // All that was appended can be read, stored or not.
    expect(await log.readWire(0, wireBytes)).toHaveLength(wireBytes);
    await recording.finish('failed').catch(() => undefined);
    await recording.closeFiles();
    expect(failures).toHaveLength(1);

    // The disk is still full: the repair happens in memory, and shows an exact beginning.
    const { reader, close } = await openRecorded(folder);
    const { events } = reader.counts;
    expect(events).toBeGreaterThan(3000);
    expect(events).toBeLessThan(count);
    const wire = Buffer.from(await reader.readWire(0, events * 98)).toString();
    expect(wire).toBe(
      Array.from({ length: events }, (_, at) => `data: ${String(at).padStart(90, '0')}\n\n`).join(''),
    );
    await close();
  });

  it('stores the rest at the end when space was made in the meantime', async () => {
    await writeFile(join(disk, 'ballast'), Buffer.alloc(DISK_BYTES - MIB));
    const { recording, folder } = await fill([]);
    const { count } = recording.log;
    await rm(join(disk, 'ballast'));
    await recording.finish('failed');
    await recording.closeFiles();
    const { reader, manifest, close } = await openRecorded(folder);
    expect(reader.count).toBe(count);
    expect(manifest).toMatchObject({ outcome: 'failed', counts: { entries: count } });
    await close();
  });

  it('cannot begin on a disk that is full', async () => {
    await writeFile(join(disk, 'ballast'), Buffer.alloc(DISK_BYTES + MIB)).catch(() => undefined);
    await expect(startRecording(join(disk, 'session'))).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
