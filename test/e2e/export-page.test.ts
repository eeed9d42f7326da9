/** The page of an exported session, opened from its file in a current Chromium: hostile data stay text, and the page works. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { nextPayload, startInProcessApp } from '../support/in-process-app.ts';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';

const HOSTILE = [
  `</script><script>document.title='owned'</script>`,
  `<img src=x onerror="document.title='owned'">`,
  `"><svg onload=document.title='owned'>`,
  `\u2028\u2029'; document.title='owned'; //`,
  `<!--<script>`,
  `]]>{{constructor.constructor("document.title='owned'")()}}`,
];

test.describe('the page of an exported session', () => {
  test.skip(chromiumPath === null, NO_CHROMIUM);

  test('shows hostile data as text, thousands of rows, and finds them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'streamscope-page-'));
    const place = join(folder, 'session.html');
    const app = await startInProcessApp({ dataFolder: join(folder, 'data'), askPlace: async () => place });
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '' });
    try {
      const { client } = app;
      const hostile = HOSTILE.map((text) => `event: ${text}\nid: ${text}\ndata: ${text}\n\n`);
      const many = Array.from({ length: 5000 }, (_, at) => `event: tick\ndata: {"n":${at}}\n\n`);
      const { importId } = await client.call('import:begin', { name: `${HOSTILE[1] ?? ''}.sse` });
      const bytes = new TextEncoder().encode([...hostile, ...many].join(''));
      await client.call('import:add', { importId, bytes });
      await client.call('import:look', { importId });
      const [session] = await client.call('import:run', { importId, chosen: [0] });
      const done = nextPayload(client, 'export:progress', ({ state }) => state === 'done');
      const sessionId = session?.id ?? '';
      await client.call('export:save', {
        sessionId,
        formatId: 'html',
        scope: { kind: 'all' },
        includeSecrets: false,
      });
      await done;

      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(String(error)));
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(place).href);

      const rows = page.locator('.row');
      await expect(rows.filter({ hasText: '</script>' }).first()).toBeVisible();
      expect(await rows.count()).toBeLessThan(200);
      await page.getByRole('listbox').focus();
      await page.keyboard.press('End');
      await expect(rows.last()).toContainText('imported bytes');
      await page.getByRole('searchbox').fill('type:tick "4999"');
      await expect(page.getByRole('status')).toContainText('1 of');
      await rows.first().click();
      await expect(page.locator('#detail pre')).toHaveText('{\n  "n": 4999\n}');
      await page.getByRole('tab', { name: 'Attempts' }).click();
      await expect(page.getByRole('article')).toHaveCount(1);

      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('img, svg, iframe').count()).toBe(0);
      expect(asked).toEqual([pathToFileURL(place).href]);
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      await app.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
