/**
 * `writer.lock` in a session folder names the process that records into it. A lock whose process is gone counts for
 * nothing, so a crash leaves no session locked.
 */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
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

/** Takes the lock for this process. Throws when another living process holds it. */
export async function takeLock(folder: string): Promise<void> {
  const owner: LockOwner = { pid: process.pid, born: await bornAt(process.pid) };
  const text = `${JSON.stringify(owner)}\n`;
  try {
    await writeFile(lockPath(folder), text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (await isLocked(folder))
      throw new Error(`Another process records into this folder (${folder})`, { cause: error });
    await writeFile(lockPath(folder), text, { mode: 0o600 });
  }
}

export async function releaseLock(folder: string): Promise<void> {
  await rm(lockPath(folder), { force: true });
}

/** Whether a living process other than a former one with the same number holds the lock. */
export async function isLocked(folder: string): Promise<boolean> {
  const lock = await readLock(folder);
  if (!lock || !isAlive(lock.pid)) return false;
  // A minute of grace for clocks that were set.
  const lockedBeforeBoot = lock.takenAt < Date.now() - uptime() * 1000 - 60_000;
  return !lockedBeforeBoot && (await bornAt(lock.pid)) === lock.born;
}

async function readLock(folder: string): Promise<(LockOwner & { readonly takenAt: number }) | null> {
  try {
    const { mtimeMs } = await stat(lockPath(folder));
    const owner = JSON.parse(await readFile(lockPath(folder), 'utf8')) as Partial<LockOwner> | null;
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
