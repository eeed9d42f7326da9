/**
 * Chromium's sandbox, which keeps the window's process away from the machine. It needs user namespaces (some distributions
 * and most containers forbid them) or a setuid helper. As root it cannot work at all.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { capture, isRoot } from './run.mjs';
import { SetupFailed } from './say.mjs';

const SETUID = 0o4000;

/** Switches that the sandbox asks for. Never turns the sandbox off for a user who could have it. */
export async function sandboxSwitches({ dist }, args) {
  if (process.platform !== 'linux') return [];
  if (isRoot) return ['--no-sandbox'];
  if (args.includes('--no-sandbox') || (await helperIsSetuid(dist)) || (await namespacesWork())) return [];
  const helper = join(dist, 'chrome-sandbox');
  throw new SetupFailed(
    "This system forbids user namespaces, so Chromium's sandbox needs its setuid helper.",
    `Run this once, then the command again:\n\n  sudo sh -c 'chown root "${helper}" && chmod 4755 "${helper}"'\n\n` +
      'or do without the sandbox in a container that you throw away: npm start -- --no-sandbox',
  );
}

async function helperIsSetuid(dist) {
  const found = await stat(join(dist, 'chrome-sandbox')).catch(() => null);
  return found !== null && found.uid === 0 && (found.mode & SETUID) !== 0;
}

async function namespacesWork() {
  const { code } = await capture('unshare', ['--user', '--map-root-user', 'true']);
  // 127: no unshare to ask with; then Electron itself will tell.
  return code === 0 || code === 127;
}
