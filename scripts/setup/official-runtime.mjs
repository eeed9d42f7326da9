/**
 * The official Electron, as the electron package knows it. Since version 42 the package brings no binary along; its installer
 * fetches one at first use, from Electron's release host or from ELECTRON_MIRROR.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, inProject } from './project.mjs';
import { capture } from './run.mjs';

/** The installer is given up when nothing has grown for this long: a slow line is fine, a dead one is not. */
const STALLED_AFTER_MS = Number(process.env.STREAMSCOPE_STALLED_AFTER_S || 60) * 1000;
const WATCH_MS = 1000;

const packageFolder = inProject('node_modules', 'electron');
const distFolder = join(packageFolder, 'dist');

export async function officialVersion() {
  return JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')).version;
}

/** `{ dist, executable }` of the official runtime, or null when it is not there. */
export async function installedOfficial() {
  const readText = (path) => readFile(path, 'utf8').catch(() => '');
  const name = await readText(join(packageFolder, 'path.txt'));
  const version = (await readText(join(distFolder, 'version'))).replace(/^v/, '');
  if (!name || version !== (await officialVersion())) return null;
  const executable = join(distFolder, name);
  return existsSync(executable) ? { dist: distFolder, executable } : null;
}

/** Fetches the official runtime. Resolves to null, or to the reason why it could not be had. */
export async function fetchOfficial() {
  const downloads = join(cacheFolder, 'electron', 'download');
  await rm(downloads, { recursive: true, force: true });
  await mkdir(downloads, { recursive: true });
  let stalled = false;
  const { code, output } = await capture(process.execPath, [join(packageFolder, 'install.js')], {
    env: {
      ...process.env,
      ...proxySettings(),
      TMPDIR: downloads,
      TEMP: downloads,
      ELECTRON_GET_NO_PROGRESS: '1',
    },
    onStart: (child) => endWhenStalled(child, [downloads, distFolder], () => (stalled = true)),
  });
  await rm(downloads, { recursive: true, force: true });
  if (code === 0 && (await installedOfficial())) return null;
  if (stalled) return `nothing arrived for ${STALLED_AFTER_MS / 1000} seconds`;
  return output.match(/^(?:\w*Error: )(.+)$/m)?.[1] ?? `its installer ended with code ${code}`;
}

/** The electron package's downloader looks at the proxy variables only when told to, and never at npm's own settings. */
function proxySettings() {
  const { env } = process;
  const proxy = env.HTTPS_PROXY ?? env.https_proxy ?? env.npm_config_https_proxy ?? env.npm_config_proxy;
  if (!proxy) return {};
  return {
    HTTPS_PROXY: proxy,
    HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy ?? proxy,
    ELECTRON_GET_USE_PROXY: '1',
  };
}

function endWhenStalled(child, folders, onStalled) {
  let size = -1;
  let changedAt = Date.now();
  const timer = setInterval(async () => {
    const now = await sizeOf(folders);
    if (now !== size) changedAt = Date.now();
    size = now;
    if (Date.now() - changedAt < STALLED_AFTER_MS) return;
    onStalled();
    child.kill('SIGKILL');
  }, WATCH_MS);
  child.on('close', () => clearInterval(timer));
  child.on('error', () => clearInterval(timer));
}

async function sizeOf(folders) {
  let bytes = 0;
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
      bytes += (await stat(join(folder, name)).catch(() => null))?.size ?? 0;
    }
  }
  return bytes;
}
