/**
 * `writer.lock` in a session folder names the process that records into it. A lock whose process is gone counts for
 * nothing, so a crash leaves no session locked.
 */
import { constants, copyFile, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './file-access.ts';
import { FILE_NAMES } from './format.ts';

interface LockOwner {
  readonly pid: number;
  /** When the system says that the process began; "" where it does not. Tells a process from a later one with its number. */
  readonly born: string;
}

const lockPath = (folder: string): string => join(folder, FILE_NAMES.lock);

/** So that two takers in one process do not share a file. */
let takes = 0;

/** Another living process holds the lock. */
export class HeldByOther extends Error {}

/** Takes the lock for this process. Throws `HeldByOther` when another living process holds it. */
export async function takeLock(folder: string): Promise<void> {
  const path = lockPath(folder);
  takes += 1;
  const mine = `${path}.${process.pid}-${takes}`;
  const owner: LockOwner = { pid: process.pid, born: await bornAt(process.pid) };
  await writeFile(mine, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  try {
    while (!(await putInPlace(mine, path))) {
      if (await isHeld(path)) throw new HeldByOther(`Another process records into this folder (${folder})`);
      if (await replaceStale(mine, path)) return;
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/** Makes `path` at once with its contents. False when it is there already. */
async function putInPlace(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    // File systems without links: whoever looks before the contents are there takes the lock for a stale one.
    return copyFile(mine, path, constants.COPYFILE_EXCL).then(
      () => true,
      (failure: unknown) => (errorCode(failure) === 'EEXIST' ? false : Promise.reject(failure as Error)),
    );
  }
}

/** Puts our lock in the place of one that counts for nothing; false when another was faster. One process at a time. */
async function replaceStale(mine: string, path: string): Promise<boolean> {
  const guard = `${path}.taking`;
  if (!(await putInPlace(mine, guard))) {
    if (!(await isHeld(guard))) await rm(guard, { force: true });
    return false;
  }
  try {
    if (await isHeld(path)) return false;
    const copy = `${mine}.new`;
    await copyFile(mine, copy);
    await rename(copy, path);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

export async function releaseLock(folder: string): Promise<void> {
  await rm(lockPath(folder), { force: true });
}

/** Whether a living process other than a former one with the same number holds the lock. */
export function isLocked(folder: string): Promise<boolean> {
  return isHeld(lockPath(folder));
}

async function isHeld(path: string): Promise<boolean> {
  const lock = await readLock(path);
  if (!lock || !isAlive(lock.pid)) return false;
  // A minute of grace for clocks that were set.
  const lockedBeforeBoot = lock.takenAt < Date.now() - uptime() * 1000 - 60_000;
  return !lockedBeforeBoot && (await bornAt(lock.pid)) === lock.born;
}

async function readLock(path: string): Promise<(LockOwner & { readonly takenAt: number }) | null> {
  try {
    const { mtimeMs } = await stat(path);
    const owner = JSON.parse(await readFile(path, 'utf8')) as Partial<LockOwner> | null;
    return typeof owner?.pid === 'number'
      ? { pid: owner.pid, born: owner.born ?? '', takenAt: mtimeMs }
      : null;
  } catch {
    // No lock, or a torn one: its writer never got as far as recording.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return errorCode(error) === 'EPERM';
  }
}

/** Linux: field 22 of /proc/PID/stat, the ticks since boot; the name before it may hold spaces and parentheses. */
async function bornAt(pid: number): Promise<string> {
  if (process.platform !== 'linux') return '';
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
