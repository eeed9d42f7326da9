/**
 * Starts the built app in a real window for a test. `test` has a `launch` that can be called several times, also over the same
 * user data, to see what survives a restart; everything it started is closed afterwards, and an error on the page's console
 * fails the test. Run through `npm run e2e`, which finds the runtime and a display and passes the switches they need.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');

export interface LaunchOptions {
  /** After the app's folder on the command line: an address to open, switches. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where settings and sessions are kept; the test's own folder unless said otherwise. */
  readonly userData?: string;
}

export interface LaunchedApp {
  /** Reaches into main: `electron.evaluate(({ dialog }) => …)`. */
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** What the page wrote as an error, and exceptions nobody caught. A test that expects some empties it. */
  readonly consoleErrors: string[];
  /** Quits as a user does and waits for the end of the process. */
  close(): Promise<void>;
  /** Ends the process as a crash does (SIGKILL), and waits for it. */
  kill(): Promise<void>;
}

export interface AppFixtures {
  /** A fresh folder for the test, removed after it. */
  readonly userData: string;
  readonly launch: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

export const test = base.extend<AppFixtures>({
  // Playwright reads the names of fixtures from the pattern; this one needs none.
  // eslint-disable-next-line no-empty-pattern
  userData: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'streamscope-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },

  launch: async ({ userData }, use, info) => {
    const started: LaunchedApp[] = [];
    await use(async (options = {}) => {
      const app = await launchApp({ userData, ...options });
      started.push(app);
      return app;
    });
    if (info.status !== info.expectedStatus) await attachPictures(started, info);
    for (const app of started.reverse()) await app.close();
    expect(started.flatMap(({ consoleErrors }) => consoleErrors)).toEqual([]);
  },
});

export { expect };

/** Starts the app; for callers outside a test. The caller closes it. */
export async function launchApp(
  options: LaunchOptions & { readonly userData: string },
): Promise<LaunchedApp> {
  const { userData, args = [], env = {} } = options;
  const switches = (process.env['STREAMSCOPE_SWITCHES'] ?? '').split(' ').filter(Boolean);
  const electron = await _electron.launch({
    args: [...switches, `--user-data-dir=${userData}`, root, ...args],
    cwd: root,
    // Left alone, Playwright pins the light theme; the app is to follow the system, and tests its nativeTheme.
    colorScheme: null,
    env: { ...ownEnvironment(), ...env },
  });
  const process_ = electron.process();
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  const page = await electron.firstWindow();
  const consoleErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(error.stack ?? error.message));
  let running = true;
  void ended.then(() => (running = false));
  return {
    electron,
    page,
    userData,
    consoleErrors,
    close: async () => {
      if (running) await electron.close();
      await ended;
    },
    kill: async () => {
      process_.kill('SIGKILL');
      await ended;
    },
  };
}

function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/** What the windows showed when the test failed; one that is gone has nothing to show. */
async function attachPictures(
  apps: readonly LaunchedApp[],
  info: { attach(name: string, options: { body: Buffer; contentType: string }): Promise<void> },
): Promise<void> {
  for (const [number, { page }] of apps.entries()) {
    const body = await page.screenshot({ timeout: 5000 }).catch(() => null);
    if (body) await info.attach(`window-${number + 1}.png`, { body, contentType: 'image/png' });
  }
}
