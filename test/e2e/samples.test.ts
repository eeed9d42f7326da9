/** Each sample, from a click to what the window shows of it. */
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('live scores arrive as goals, and a score posted from outside shows up', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('Live scores');
  await expect(window.header).toContainText('Open');
  await expect(window.row('goal').first()).toContainText('"homeTeam"');

  await window.row('goal').first().click();
  const detail = page.getByRole('region', { name: 'Selected entry' });
  await expect(detail).toContainText('homeTeam');
  await detail.getByRole('tab', { name: 'Frame' }).click();
  await expect(detail).toContainText('event:goal');
  await detail.getByRole('button', { name: /^Close/ }).click();

  await window.tab('Connection');
  const sent = await page.getByText(/^GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/live-scores$/).innerText();
  const score = {
    homeTeam: 'Quittendorf',
    awayTeam: 'Seeblick',
    homeScore: 7,
    awayScore: 0,
    updateDate: '2026-01-02T03:04:05.000Z',
  };
  const answer = await fetch(sent.replace('GET ', ''), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(score),
  });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual(score);
  await window.tab('Events');
  await expect(window.row('Quittendorf')).toHaveCount(1);
  await window.stop();
  await expect(window.header).toContainText('Stopped');
});

test('a chat completion is written, and a click on its text selects the event that brought it', async ({
  launch,
}) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('Chat completion');
  await window.tab('Completion');
  const content = page.getByRole('article').filter({ hasText: 'Server-Sent Events' });
  await expect(content).toBeVisible();
  const answer = page.getByRole('complementary', { name: 'About this answer' });
  await expect(answer).toContainText('[DONE]');
  await expect(answer).toContainText('stop');
  await expect(window.header).toContainText('Ended');
  await expect(window.header).toContainText('attempt 1');

  const word = content.getByText('Server-Sent Events', { exact: false }).first();
  await word.click({ position: { x: 60, y: 8 } });
  const detail = page.getByRole('region', { name: 'Selected entry' });
  await expect(detail).toContainText('chat.completion.chunk');
  await expect(detail).toContainText('delta');
});

test('the heartbeat drops, resumes behind its last event ID and loses nothing', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('Heartbeat and resume');
  await expect(window.header).toContainText(/attempt [2-9]/, { timeout: 60_000 });
  await window.tab('Connection');
  await expect(page.getByText(/Last-Event-ID/i).first()).toBeVisible();
  await window.tab('Events');
  await page.getByPlaceholder(/^Filter/).fill('kind:event');
  await expect.poll(async () => (await window.rows()).length).toBeGreaterThan(21);
  await window.stop();
  // A row that is still being fetched has no id yet.
  const ids = async (): Promise<number[]> => (await window.rows()).map((cells) => Number(cells[4] || NaN));
  await expect.poll(async () => (await ids()).some(Number.isNaN)).toBe(false);
  const seen = await ids();
  expect(seen).toEqual(seen.map((_, at) => (seen[0] ?? NaN) + at));
});

test('the oddities of the wire are shown and explained', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('Wire oddities');
  await expect(window.row('incomplete')).toHaveCount(1, { timeout: 30_000 });
  await expect(window.row('comment').first()).toBeVisible();
  await window.row('NUL').first().click();
  const detail = page.getByRole('region', { name: 'Selected entry' });
  await detail.getByRole('tab', { name: 'Frame' }).click();
  await expect(detail).toContainText('id: 2NUL');
  await expect(detail).toContainText('An id with a NUL in it is ignored');
});

test('stop answers under the firehose, and the last row is the last event', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await page.getByRole('treeitem').filter({ hasText: 'Firehose' }).click();
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('{{samples}}/samples/firehose?rate=max&size=300');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.header).toContainText(/\d\d\d.?\d\d\d events/);
  await window.stop();
  await expect(window.header).toContainText('Stopped');
  const events = /([\d\s\u2009\u202f\u00a0]+) events/.exec(await window.header.innerText())?.[1] ?? '';
  const count = Number(events.replace(/\D/g, ''));
  await page.getByPlaceholder(/^Filter/).fill('kind:event');
  await expect.poll(async () => Number((await window.rows()).at(-1)?.[4])).toBe(count - 1);
});

test('a tool call of MCP shows its progress and its answer; a run of AG-UI shows its state at any point', async ({
  launch,
}) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('MCP tool call');
  await window.tab('Completion');
  const outline = page.getByRole('tree', { name: 'Exchange' });
  await expect(outline).toContainText('answered in');
  await outline.getByRole('treeitem').filter({ hasText: 'tools/call' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress' })).toHaveAttribute('aria-valuenow', '100');

  await window.connectTo('AG-UI run');
  await expect(outline).toContainText('finished in');
  await outline.getByRole('treeitem').filter({ hasText: 'State' }).click();
  await page.getByRole('button', { name: 'The change before' }).click();
  await expect(page.getByText('Not applied: Operation 1 (remove /stops/9)', { exact: false })).toBeVisible();
  await page.getByRole('slider', { name: 'Change of State' }).fill('0');
  await expect(page.getByText('Sent with the request', { exact: false })).toBeVisible();
});
