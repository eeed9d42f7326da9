/** Bookmarks, notes and the library in the real window, and a session that goes out as one file and comes back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('what is marked and named is kept, goes out as a .streamscope file, and comes back by a second start', async ({
  launch,
  userData,
}) => {
  const server = await startSseServer({
    '/goals': async (call) => {
      await call.write('event: goal\nid: 1\ndata: one\n\n', 'event: goal\nid: 2\ndata: two\n\n');
      await call.closed;
    },
  });
  const app = await launch({ args: [`${server.origin}/goals`] });
  const { electron, page } = app;
  const window = theWindow(page);
  try {
    await expect(window.header).toContainText('2 events');
    await window.stop();
  } finally {
    await server.stop();
  }

  await window.row('two').click();
  await page.getByRole('grid', { name: 'Events' }).press('b');
  await page.getByRole('grid', { name: 'Events' }).press('n');
  await page.getByRole('textbox', { name: /^Note on/ }).fill('the second goal');
  await page.keyboard.press('Control+Enter');
  await expect(window.row('the second goal')).toContainText('Bookmarked');

  await page.keyboard.press('Control+Shift+O');
  const library = page.getByRole('region', { name: 'Library' });
  const table = library.getByRole('grid');
  await table.press('ArrowDown');
  await library.getByRole('textbox', { name: 'Name' }).fill('The final');
  await library.getByLabel('Tags').fill('keep, cup');
  await library.getByLabel('Notes on the session').fill('Extra time.');
  await table.focus();
  await expect(table.getByRole('row').filter({ hasText: 'The final' })).toContainText('cup');

  const path = join(userData, 'final.streamscope');
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await library.getByRole('button', { name: 'Export…' }).click();
  await expect
    .poll(() =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    )
    .toBeGreaterThan(0);

  await table.press('Delete');
  await expect(table).toBeHidden();
  await expect(library).toContainText('No sessions yet');

  const { executable, folder } = await electron.evaluate(({ app: running }) => ({
    executable: process.execPath,
    folder: running.getAppPath(),
  }));
  const switches = (process.env['STREAMSCOPE_SWITCHES'] ?? '').split(' ').filter(Boolean);
  const second = spawn(executable, [...switches, `--user-data-dir=${userData}`, folder, path]);
  await once(second, 'exit');
  await expect(page.getByText('Opened final.streamscope')).toBeVisible();
  await expect(window.header).toContainText('2 events');
  await expect(window.row('the second goal')).toContainText('Bookmarked');
  await expect(window.sessions).toContainText(['The final']);
});
