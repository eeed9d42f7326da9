/** The app around the page: what survives a crash and a quit, what a second start does, and what the page may not do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** The largest number of events that a text of the window tells; digits come in groups. */
function eventsIn(text: string): number {
  const counts = [...text.matchAll(/(\d[\d\s]*) events/g)].map(([, digits = '']) =>
    digits.replace(/\D/g, ''),
  );
  return Math.max(0, ...counts.map(Number));
}

test('a page that crashes is loaded anew and finds the capture going on', async ({ launch }) => {
  const app = await launch();
  await theWindow(app.page).connectTo('Firehose');
  await expect.poll(async () => eventsIn(await app.page.innerText('body'))).toBeGreaterThan(100);

  await app.electron.evaluate(({ BrowserWindow, dialog }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Answers "Reload", which no test can click: it is a window of the system.
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    return new Promise<void>((resolve) => {
      contents?.once('did-finish-load', () => resolve());
      contents?.forcefullyCrashRenderer();
    });
  });
  // Playwright does not follow the window to its new page.
  const count = async () =>
    eventsIn(
      await app.electron.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            'document.body.innerText',
          ) as Promise<string>,
      ),
    );
  await expect.poll(count).toBeGreaterThan(100);
  const before = await count();
  await expect.poll(count).toBeGreaterThan(before);
});

test('what was typed, and where the window was, is there after a quit', async ({ launch }) => {
  const first = await launch();
  const bounds = { x: 30, y: 40, width: 900, height: 600 };
  await first.electron.evaluate(
    ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
    bounds,
  );
  await first.page.getByRole('textbox', { name: 'Address' }).fill('http://typed.example/before-quit');
  await first.close();

  const second = await launch();
  await expect(second.page.getByRole('textbox', { name: 'Address' })).toHaveValue(
    'http://typed.example/before-quit',
  );
  expect(
    await second.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds()),
  ).toEqual(bounds);
});

test('a second start hands its address to the first and ends', async ({ launch }) => {
  const app = await launch();
  await expect(theWindow(app.page).button).toBeVisible();
  const { executable, folder } = await app.electron.evaluate(({ app: running }) => ({
    executable: process.execPath,
    folder: running.getAppPath(),
  }));
  const switches = (process.env['STREAMSCOPE_SWITCHES'] ?? '').split(' ').filter(Boolean);
  const url = 'http://127.0.0.1:9/from-a-second-start';
  const second = spawn(executable, [...switches, `--user-data-dir=${app.userData}`, folder, url]);
  const [code] = (await once(second, 'exit')) as [number];
  expect(code).toBe(0);
  await expect(app.page.getByRole('textbox', { name: 'Address' })).toHaveValue(url);
});

test('the page has no Node, goes nowhere and reads no files but its own', async ({ launch }) => {
  const app = await launch();
  const { page } = app;
  await expect(theWindow(page).button).toBeVisible();
  const found = await page.evaluate(async () => {
    const status = async (path: string) =>
      fetch(path).then(
        (response) => response.status,
        () => 'refused',
      );
    return {
      node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
      elsewhere: await status('http://127.0.0.1:9/'),
      outside: [await status('/../../package.json'), await status('/%2e%2e/%2e%2e/package.json')],
      encoded: await status('/..%2f..%2fpackage.json'),
      permission: await Notification.requestPermission(),
    };
  });
  expect(found).toEqual({
    node: ['undefined', 'undefined'],
    elsewhere: 'refused',
    outside: [404, 404],
    encoded: 404,
    permission: 'denied',
  });
  await page.evaluate(() => {
    location.href = 'http://127.0.0.1:9/';
  });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(page.url()).toBe('streamscope://app/index.html');
  // Chromium reports each refusal above on the console.
  app.consoleErrors.length = 0;
});

test('the commands of the menu reach the page', async ({ launch }) => {
  const { electron, page } = await launch();
  const sidebar = page.getByRole('tree');
  await expect(sidebar).toBeVisible();
  await electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    items.find((item) => item.label === 'Sidebar')?.click();
  });
  await expect(sidebar).toBeHidden();
});

test('the session folder is where the app says, and readable by its owner only', async ({ launch }) => {
  const app = await launch();
  await theWindow(app.page).connectTo('Live scores');
  await expect(theWindow(app.page).row('goal').first()).toBeVisible();
  const sessions = join(app.userData, 'sessions');
  const [session] = await readdir(sessions);
  expect((await stat(join(sessions, session ?? ''))).mode & 0o077).toBe(0);
});
