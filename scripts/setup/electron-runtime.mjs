/**
 * Decides which Electron runs the app: one named by the environment, the official one if it is there or can be fetched, or,
 * on linux x64 only, the outdated fallback. That the release host was out of reach is remembered, so that only the first start
 * waits for it; STREAMSCOPE_RETRY_ELECTRON=1 tries again.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  FALLBACK_VERSION,
  fallbackIsPossible,
  installFallback,
  installedFallback,
} from './fallback-runtime.mjs';
import { fetchOfficial, installedOfficial, officialVersion } from './official-runtime.mjs';
import { cacheFolder } from './project.mjs';
import { SetupFailed, say } from './say.mjs';

const unreachableMarker = join(cacheFolder, 'electron', 'unreachable');

/** `{ dist, executable, outdated }`, or null when nothing usable is installed yet. */
export async function installedRuntime() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return { dist: named, executable: executableIn(named), outdated: false };
  const official = await installedOfficial();
  if (official) return { ...official, outdated: false };
  const fallback = installedFallback();
  if (!fallback || (await shouldTryOfficial())) return null;
  return { dist: fallback, executable: join(fallback, 'electron'), outdated: true };
}

/** Like `installedRuntime`, fetching what is missing. */
export async function installRuntime() {
  const present = await installedRuntime();
  if (present) return present;
  const version = await officialVersion();
  if (await shouldTryOfficial()) {
    say(`Fetching Electron ${version} …`);
    const reason = await fetchOfficial();
    if (reason === null) {
      await rm(unreachableMarker, { force: true });
      return { ...(await installedOfficial()), outdated: false };
    }
    say(`Electron ${version} could not be fetched from its release host (${reason}).`);
    if (!fallbackIsPossible) throw cannotRun(version);
    await mkdir(dirname(unreachableMarker), { recursive: true });
    await writeFile(unreachableMarker, version);
  }
  const dist = await installFallback();
  return { dist, executable: join(dist, 'electron'), outdated: true };
}

/** Said at each start, in one line, so that nobody works with the outdated runtime unawares. */
export function announceRuntime({ outdated }) {
  if (!outdated) return;
  say(
    `Running on Electron ${FALLBACK_VERSION}, an outdated runtime for tests and evaluation only ` +
      `(STREAMSCOPE_RETRY_ELECTRON=1 tries again to fetch the official one).`,
  );
}

/** What the electron package, Playwright and electron-vite read to find the runtime. */
export function runtimeEnvironment({ dist, executable }) {
  return { ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: executable };
}

async function shouldTryOfficial() {
  if (process.env.STREAMSCOPE_RETRY_ELECTRON) return true;
  const unreachable = await readFile(unreachableMarker, 'utf8').catch(() => '');
  return unreachable !== (await officialVersion());
}

function executableIn(dist) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const executable = join(dist, names[process.platform] ?? 'electron');
  if (existsSync(executable)) return executable;
  throw new SetupFailed(
    `ELECTRON_OVERRIDE_DIST_PATH names a folder without an Electron: ${executable} is missing.`,
    'Let it name the folder of an unpacked Electron, or unset it.',
  );
}

function cannotRun(version) {
  return new SetupFailed(
    `There is no Electron ${version} to run on.`,
    'It comes from https://github.com/electron/electron/releases. Behind a proxy set HTTPS_PROXY; with a mirror set\n' +
      'ELECTRON_MIRROR; with an unpacked Electron set ELECTRON_OVERRIDE_DIST_PATH to its folder. Then run the command again.',
  );
}
