import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isLocked, releaseLock, takeLock } from '../../../../src/main/capture/writer-lock.ts';
import { temporaryFolder } from '../../../support/session-folder.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let lock: string;
beforeEach(async () => {
  place = await temporaryFolder();
  lock = join(place.path, 'writer.lock');
});
afterEach(() => place.remove());

describe('the lock of a session', () => {
  it('is held until it is released', async () => {
    expect(await isLocked(place.path)).toBe(false);
    await takeLock(place.path);
    expect(await isLocked(place.path)).toBe(true);
    await expect(takeLock(place.path)).rejects.toThrow(/Another process records/);
    await releaseLock(place.path);
    await releaseLock(place.path);
    expect(await isLocked(place.path)).toBe(false);
  });

  it('counts for nothing when its process is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(lock, JSON.stringify({ pid, born: '1' }));
    expect(await isLocked(place.path)).toBe(false);
    await takeLock(place.path);
    expect(await readFile(lock, 'utf8')).toContain(`"pid":${process.pid}`);
  });

  it('counts for nothing when it is older than the running system', async () => {
    await takeLock(place.path);
    await utimes(lock, new Date(0), new Date(0));
    expect(await isLocked(place.path)).toBe(false);
  });

  it.each(['', 'not json', '{}', 'null', '{"pid":"1"}'])(
    'counts for nothing when it reads %j',
    async (text) => {
      await writeFile(lock, text);
      expect(await isLocked(place.path)).toBe(false);
    },
  );
});
