/**
 * Installs what package-lock.json says, when it is not installed. A hash of the lock file is remembered inside node_modules,
 * so that the usual case costs one small read.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { inProject } from './project.mjs';
import { capture, lastLines, npmCommand } from './run.mjs';
import { SetupFailed, say } from './say.mjs';

const lockFile = inProject('package-lock.json');
const marker = inProject('node_modules', '.streamscope-lock');
/** npm's own record of what it installed. */
const installedFile = inProject('node_modules', '.package-lock.json');

const readText = (path) => readFile(path, 'utf8').catch(() => '');

async function lockHash() {
  return createHash('sha256')
    .update(await readFile(lockFile))
    .digest('hex');
}

export async function dependenciesAreInstalled() {
  return (await readText(marker)) === (await lockHash());
}

export async function installDependencies() {
  if (await dependenciesAreInstalled()) return;
  if (!(await installedByHand())) {
    say('Installing the development dependencies (npm ci) …');
    const [npm, first] = npmCommand();
    const args = [...first, 'ci', '--include=dev', '--loglevel=error', '--no-fund', '--no-audit'];
    const { code, output } = await capture(npm, args);
    if (code !== 0) {
      throw new SetupFailed(
        `npm ci failed.\n${lastLines(output)}`,
        'If this machine is behind a proxy, set HTTPS_PROXY or `npm config set https-proxy`, then run the command again.',
      );
    }
  }
  await writeFile(marker, await lockHash());
}

/** Whether `npm install` or `npm ci`, run by hand, has already put every package of the lock file there. */
async function installedByHand() {
  const installedText = await readText(installedFile);
  if (!installedText) return false;
  const installed = JSON.parse(installedText).packages ?? {};
  const wanted = Object.entries(JSON.parse(await readText(lockFile)).packages);
  return wanted.every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || installed[path]?.version === version,
  );
}
