/** A session that the command line recorded, opened in the window. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

const program = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.cjs');

test('what `streamscope record` made opens from the command line and from the menu', async ({
  launch,
  userData,
}) => {
  const server = await startSseServer({
    '/goals': async (call) => {
      await call.write('event: goal\nid: 1\ndata: one\n\n', 'event: goal\nid: 2\ndata: two\n\n');
      await call.closed;
    },
  });
  const folder = join(userData, 'recorded');
  try {
    const record = ['record', `${server.origin}/goals`, '--max-events', '2', '--out', folder];
    await promisify(execFile)(process.execPath, [program, ...record]);
  } finally {
    await server.stop();
  }

  const { electron, page } = await launch({ args: [folder] });
  const window = theWindow(page);
  await expect(window.header).toContainText('2 events');
  await expect(window.row('two')).toHaveCount(1);
  await expect(window.sessions).toHaveCount(1);

  await electron.evaluate(({ dialog, Menu }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    const file = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    file?.find(({ label }) => label.startsWith('Open Session Folder'))?.click();
  }, folder);
  await expect(window.sessions).toHaveCount(2);
  await expect(window.header).toContainText('2 events');
});
