/**
 * One set-up at a time. `npm run cli … | npm run cli …` on a fresh clone starts two of them, which would install and build
 * over each other. The lock is a folder (made atomically) with the owner's process id; a dead owner's lock is taken over.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from './project.mjs';
import { say } from './say.mjs';

const POLL_MS = 200;
const lock = join(cacheFolder, 'setup.lock');
const owner = join(lock, 'pid');

export async function withSetupLock(work) {
  await mkdir(cacheFolder, { recursive: true });
  for (let waited = false; !(await take()); await sleep(POLL_MS)) {
    if (!waited) say('Another set-up is running here; waiting for it …');
    waited = true;
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function take() {
  try {
    await mkdir(lock);
    await writeFile(owner, String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (await ownerIsGone()) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

async function ownerIsGone() {
  // An empty folder belongs to somebody who is about to write the file, or died between the two steps: wait once more.
  const read = () => readFile(owner, 'utf8').catch(() => '');
  const text = (await read()) || (await sleep(POLL_MS * 5).then(read));
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
