/** Streams that are no event streams, from a click to what the window shows of them. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('lines of NDJSON are events with their JSON', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('NDJSON');
  await expect(window.row('Arctic tern').first()).toContainText('line');
  await window.row('Arctic tern').first().click();
  const detail = page.getByRole('region', { name: 'Selected entry' });
  await expect(detail).toContainText('species');
  await expect(window.header).toContainText('Ended', { timeout: 60_000 });
  await expect(window.header).toContainText('attempt 1');
});

test('an answer in the lines of Ollama is rebuilt', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('Ollama chat');
  await window.tab('Completion');
  await expect(page.getByRole('article').filter({ hasText: 'one value a line' })).toBeVisible();
  await expect(window.header).toContainText('Ended');
});

test('an event stream that calls itself text is shown as text, and as events when that is asked for', async ({
  launch,
}) => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end('event: tide\ndata: {"level": 3}\n\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { page } = await launch({ args: [address] });
  const window = theWindow(page);
  await expect(window.header).toContainText('this is read as lines of text');
  await expect(window.row('event: tide')).toHaveCount(1);
  await page.getByRole('button', { name: 'Read it as SSE all the same' }).click();
  await expect(window.row('{"level": 3}').first()).toContainText('tide');
  server.close();
});
