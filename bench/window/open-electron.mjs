/** Opens a window for a benchmark: of the shipped build, or of the empty peer. The caller closes it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { inProject, root } from '../../scripts/setup/project.mjs';

/**
 * Resolves to `{ electron, page, userData, startMs, close }` when the window's page has loaded; `startMs` is how long that took.
 * `env` is that of withElectron, with the switches in STREAMSCOPE_SWITCHES.
 */
async function open(entry, env, args = []) {
  const userData = await mkdtemp(join(tmpdir(), 'streamscope-bench-'));
  const switches = env.STREAMSCOPE_SWITCHES.split(' ').filter(Boolean);
  const startedMs = performance.now();
  const electron = await _electron.launch({
    executablePath: env.ELECTRON_EXEC_PATH,
    args: [...switches, `--user-data-dir=${userData}`, entry, ...args],
    cwd: root,
    env,
    colorScheme: null,
  });
  const page = await electron.firstWindow();
  await page.waitForLoadState('load');
  const startMs = performance.now() - startedMs;
  return {
    electron,
    page,
    userData,
    startMs,
    async close() {
      await electron.close();
      await rm(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** `folder` holds the build. */
export const openApp = (env, args, folder = root) => open(folder, env, args);

/** `readers` is the bundle of peers/readers.mjs. */
export const openPeer = (env, { pageUrl, readers }) =>
  open(inProject('bench', 'peers', 'empty-window'), {
    ...env,
    ...(pageUrl ? { BENCH_PAGE: pageUrl } : {}),
    ...(readers ? { BENCH_READERS: readers } : {}),
  });
