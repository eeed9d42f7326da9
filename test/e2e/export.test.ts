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
      await app.page.getByRole('menuitem', { name: label }).first().click();
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
