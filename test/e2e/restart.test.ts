/** What is there again after quitting, and after a crash. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_BYTES } from '../../src/shared/session/index-record.ts';
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** The attempt's start and the response head. */
const ENTRIES_BEFORE = 2;

test('endpoints, session, tab and selection come back after a restart', async ({ launch }) => {
  const first = await launch();
  const window = theWindow(first.page);
  await window.connectTo('Live scores');
  await expect(window.row('goal').first()).toBeVisible();
  await window.stop();
  await window.row('goal').first().click();
  const seq = (await window.row('goal').first().getByRole('gridcell').first().innerText()).trim();
  await first.close();

  const { page } = await launch();
  const again = theWindow(page);
  await expect(again.sessions).toHaveCount(1);
  await expect(again.sessions.first()).toContainText('Live scores');
  await expect(again.header).toContainText('Stopped');
  await expect(page.getByRole('region', { name: 'Selected entry' })).toContainText(`#${seq}`);
  const endpoints = page.getByRole('treeitem', { selected: true, name: /Live scores/ });
  await expect(endpoints).toHaveCount(1);
});

test('after kill -9 in mid-capture the session opens with what had arrived', async ({ launch }) => {
  let told = 0;
  const server = await startSseServer({
    '/ticks': async (call) => {
      for (let number = 0; !call.isClosed && number < 500; number += 1) {
        await call.write(`id: ${number}\ndata: tick ${number}\n\n`);
        told = number;
      }
      await call.closed;
    },
  });
  try {
    const first = await launch({ args: [`${server.origin}/ticks`] });
    const window = theWindow(first.page);
    await expect(window.header).toContainText('500 events');
    expect(told).toBe(499);
    // The log promises the disk everything within a second, whether or not more comes.
    const sessions = join(first.userData, 'sessions');
    const [folder = ''] = (await readdir(sessions)).filter((name) => !name.startsWith('.'));
    const indexed = async (): Promise<number> => (await stat(join(sessions, folder, 'frames.idx'))).size;
    await expect.poll(indexed).toBe((500 + ENTRIES_BEFORE) * RECORD_BYTES);
    await first.kill();

    const { page } = await launch();
    const again = theWindow(page);
    await expect(again.sessions.first()).toContainText('500 events');
    await expect(again.sessions.first()).toContainText('Interrupted');
    await again.sessions.first().click();
    await again.page.getByPlaceholder(/^Filter/).fill('kind:event');
    await page.getByRole('grid', { name: 'Events' }).press('End');
    await expect.poll(async () => (await again.rows()).at(-1)?.[4]).toBe('499');
  } finally {
    await server.stop();
  }
});
