/**
 * What has to be there before something can run, in three sizes. Each checks first, without the lock and without a word; a
 * second run therefore does no work.
 */
import { buildIfStale, buildIsFresh } from './build-if-stale.mjs';
import { announceRuntime, installRuntime, installedRuntime } from './electron-runtime.mjs';
import { dependenciesAreInstalled, installDependencies } from './install-dependencies.mjs';
import { requireNode } from './node-version.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { requireSystem } from './system-requirements.mjs';

/** For tools: the packages. */
export async function prepareTools() {
  requireNode();
  if (!(await dependenciesAreInstalled())) await withSetupLock(installDependencies);
}

/** For programs on plain Node: the packages and the build. */
export async function prepareBuild() {
  await prepareTools();
  if (!(await buildIsFresh())) await withSetupLock(buildIfStale);
}

/** For a window: an Electron, what it needs from the system, and something to draw on. Resolves to the runtime. */
export async function prepareRuntime() {
  await prepareTools();
  const runtime = (await installedRuntime()) ?? (await withSetupLock(installRuntime));
  announceRuntime(runtime);
  await requireSystem(runtime);
  return runtime;
}
