/**
 * The shared libraries that Electron needs on Linux. What is missing is asked of the dynamic linker, not of the package
 * database, so nothing is installed where nothing is missing, whatever the distribution.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './run.mjs';

/** Loaded by name at run time in some versions of Electron, hence not seen by ldd. */
const LOADED_LATER = ['libgtk-3.so.0', 'libnss3.so'];

/** Names of the libraries that are not there. */
export async function missingLibraries({ executable, dist }) {
  if (process.platform !== 'linux') return [];
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
