/** Exports, chosen in the window and read back from the files. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSseServer } from '../support/sse-server.ts';
import { expect, test, type LaunchedApp } from './launch.ts';
import { theWindow } from './the-window.ts';

const BODY = [
  ': hello\n\n',
  'event: goal\nid: 1\ndata: {"score":1}\n\n',
  'event: goal\nid: 2\ndata: {"score":2}\n\n',
  'data: ünïcode\n\n',
].join('');

/** The dialog of the system cannot be driven, so its answer is given for it. */
async function answerDialog({ electron }: LaunchedApp, filePath: string): Promise<void> {
  await electron.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
}

test('a session is exported as NDJSON, JSON and raw bytes', async ({ launch, userData }) => {
  const server = await startSseServer({
    '/events': async (call) => {
      await call.write(BODY);
      await call.closed;
    },
  });
  try {
    const app = await launch({ args: [`${server.origin}/events`] });
    const window = theWindow(app.page);
    await expect(window.header).toContainText('3 events');
    await window.stop();

    const save = async (label: RegExp, file: string): Promise<string> => {
      const path = join(userData, file);
      await answerDialog(app, path);
      await app.page.getByRole('button', { name: /^Export/ }).click();
      const dialog = app.page.getByRole('dialog', { name: 'Export the session' });
      await dialog.getByRole('radio', { name: label }).check();
      await dialog.getByRole('button', { name: 'Export…' }).click();
      await expect.poll(() => readFile(path, 'utf8').catch(() => '')).not.toBe('');
      return readFile(path, 'utf8');
    };

    expect(await save(/^Raw stream/, 'raw.sse')).toBe(BODY);
    const lines = (await save(/^NDJSON/, 'entries.ndjson')).trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { kind: string; data?: string });
    expect(entries.filter(({ kind }) => kind === 'event').map(({ data }) => data)).toEqual([
      '{"score":1}',
      '{"score":2}',
      'ünïcode',
    ]);
    const whole = JSON.parse(await save(/^JSON/, 'session.json')) as { entries: unknown[] };
    expect(whole.entries).toHaveLength(entries.length);
  } finally {
    await server.stop();
  }
});

test('a session goes out as HAR without its secrets, and the file comes back as a session', async ({
  launch,
  userData,
}) => {
  const key = `sk-proj-${'aB3xZ9'.repeat(6)}`;
  const body = `${BODY}data: ${key}\n\n`;
  const server = await startSseServer({
    '/events': async (call) => {
      await call.write(body);
      await call.closed;
    },
  });
  try {
    const app = await launch({ args: [`${server.origin}/events`] });
    const window = theWindow(app.page);
    await expect(window.header).toContainText('4 events');
    await window.stop();

    const path = join(userData, 'session.har');
    await answerDialog(app, path);
    await app.page.getByRole('button', { name: /^Export/ }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Export the session' });
    await expect(dialog).toContainText('1 secret (1 in events) will read [redacted].');
    await dialog.getByRole('radio', { name: /^HAR/ }).check();
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('"log"');
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(key);
    expect(text).toContain('data: [redacted]');

    await app.electron.evaluate(({ dialog: system }, filePath) => {
      system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
    await app.page.keyboard.press('ControlOrMeta+i');
    const importing = app.page.getByRole('dialog', { name: 'Import a capture' });
    await importing.getByRole('button', { name: 'Choose a file' }).click();
    await expect(window.sessions).toHaveCount(2);
    await expect(window.header).toContainText('4 events');
    await expect(importing).toHaveCount(0);
  } finally {
    await server.stop();
  }
});
