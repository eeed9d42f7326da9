/**
 * The shared libraries that Electron needs on Linux. What is missing is asked of the dynamic linker, not of the package
 * database, so nothing is installed where nothing is missing, whatever the distribution.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './run.mjs';
import { SetupFailed } from './say.mjs';
import { installCommand, installPackages } from './system-packages.mjs';

/** Loaded by name at run time in some versions of Electron, hence not seen by ldd. */
const LOADED_LATER = ['libgtk-3.so.0', 'libnss3.so'];

export async function requireSystemLibraries({ executable, dist }) {
  if (process.platform !== 'linux') return;
  const before = await missingLibraries(executable, dist);
  if (before.length === 0) return;
  await installPackages(['electron'], `Electron needs system libraries that are missing (${named(before)}).`);
  const after = await missingLibraries(executable, dist);
  if (after.length === 0) return;
  throw new SetupFailed(
    `Still missing after the installation: ${named(after)}.`,
    `Find the packages that hold them; usually these do:\n\n  ${installCommand(['electron'])}\n`,
  );
}

/** A few names are enough to recognise the case. */
function named(libraries) {
  const first = libraries.slice(0, 3).join(', ');
  return libraries.length > 3 ? `${first} and ${libraries.length - 3} more` : first;
}

async function missingLibraries(executable, dist) {
  const linked = await capture('ldd', [executable], { env: { ...process.env, LC_ALL: 'C' } });
  // Without ldd, or with a binary it cannot read, there is nothing to go by: Electron itself will say what it misses.
  if (linked.code !== 0) return [];
  const missing = new Set([...linked.output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name));
  const unseen = LOADED_LATER.filter((name) => !linked.output.includes(name));
  if (unseen.length > 0) {
    const known = await capture('/sbin/ldconfig', ['-p']);
    if (known.code === 0) for (const name of unseen) if (!known.output.includes(name)) missing.add(name);
  }
  // Electron brings some of its own, found through its run path.
  return [...missing].filter((name) => !existsSync(join(dist, name)));
}
