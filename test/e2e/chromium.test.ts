/**
 * The built window in a current Chromium, over an app without Electron: what the oldest supported runtime cannot show is that the
 * page also works at the modern end of the range.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { openWindowPage } from '../support/browser-page.ts';
import { startInProcessApp } from '../support/in-process-app.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { theWindow } from './the-window.ts';

test.describe('in a current Chromium', () => {
  test.skip(chromiumPath === null, NO_CHROMIUM);

  test('the window connects to a sample, shows its rows, stops, and finds them again', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'streamscope-chromium-'));
    const app = await startInProcessApp({ dataFolder });
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '' });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      await openWindowPage(page, app.transport);
      const window = theWindow(page);

      await window.connectTo('Live scores');
      await expect(window.row('goal').first()).toBeVisible();
      await expect(window.row('goal').first()).toContainText('"homeTeam"');
      await window.stop();

      await window.connectTo('Firehose');
      await expect.poll(async () => (await window.rows()).length).toBeGreaterThan(10);
      await window.stop();
      await expect(window.sessions).toHaveCount(2);

      await page.reload();
      await window.sessions.filter({ hasText: 'Firehose' }).click();
      await expect.poll(async () => (await window.rows()).length).toBeGreaterThan(10);
      expect(errors).toEqual([]);
      expect(app.faults).toEqual([]);
    } finally {
      await browser.close();
      await app.close();
      await rm(dataFolder, { recursive: true, force: true });
    }
  });
});
