/** Taps in the real window, and a real browser's EventSource through one. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath, NO_CHROMIUM } from './chromium.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** Streams three events and waits; a second request goes on behind the id that it says. */
async function startServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>client</title>');
      return;
    }
    // A browser asks for an icon too.
    if (request.url !== '/events') {
      response.writeHead(404).end();
      return;
    }
    const from = Number(request.headers['last-event-id'] ?? 0);
    asked.push(String(from));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 10\n\n');
    for (let id = from + 1; id <= from + 3; id += 1)
      response.write(`id: ${id}\nevent: goal\ndata: ${id} é\n\n`);
    if (from === 0) response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function addTap(page: Page, target: string): Promise<string> {
  await page.getByRole('button', { name: 'New tap' }).click();
  await page.getByLabel('Server', { exact: true }).fill(target);
  await page.getByRole('button', { name: 'Start the tap' }).click();
  const address = page.locator('header code.address');
  await expect(address).toHaveText(/^http:\/\/127\.0\.0\.1:\d+$/);
  return (await address.textContent()) ?? '';
}

test('what a browser reads through a tap is live in the window, reconnects and all', async ({ launch }) => {
  test.skip(chromiumPath === null, NO_CHROMIUM);
  const server = await startServer();
  const { page } = await launch();
  const window = theWindow(page);
  const address = await addTap(page, server.origin);
  await expect(page.getByText(`export OPENAI_BASE_URL='${address}/v1'`)).toBeVisible();

  const browser = await chromium.launch({ executablePath: chromiumPath ?? '' });
  try {
    const client = await browser.newPage();
    await client.goto(`${address}/`);
    const seen = await client.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const events: string[] = [];
          const source = new EventSource('/events');
          source.addEventListener('goal', (event: MessageEvent<string>) => {
            events.push(`${event.lastEventId}: ${event.data}`);
            if (events.length === 6) resolve(events);
          });
        }),
    );
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((id) => `${id}: ${id} é`));
    expect(server.asked).toEqual(['0', '3']);

    const requests = page.getByRole('grid', { name: 'Requests' }).getByRole('row');
    const streams = requests.filter({ hasText: '/events' });
    await expect(streams).toHaveCount(2);
    await expect(streams.first()).toContainText('event stream');
    await streams.first().dblclick();
    await expect(window.header).toContainText('Open');
    await expect(window.row('6 é').first()).toBeVisible();
  } finally {
    await browser.close();
    server.close();
  }
});

test('an event that a rule holds is edited in the window and goes on', async ({ launch }) => {
  const server = await startServer();
  const { page } = await launch();
  const address = await addTap(page, server.origin);
  await page.getByRole('button', { name: 'Edit the tap' }).click();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByLabel('Events it is for').fill('data~2');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('1 rule')).toBeVisible();

  const answer = fetch(`${address}/events`).then((response) => response.text());
  const held = page.getByRole('region', { name: 'Held events' });
  await expect(held).toContainText('goal');
  await held.getByLabel('The event as it goes on').fill('id: 2\nevent: goal\ndata: two\n\n');
  await held.getByRole('button', { name: 'Release as edited' }).click();
  expect(await answer).toContain('data: 1 é\n\nid: 2\nevent: goal\ndata: two\n\nid: 3');
  await expect(held).toHaveCount(0);
  server.close();
});
