/** The views of captured data: the list and how it follows, the detail pane, the wire, the timeline. */
import type { Page } from '@playwright/test';
import { startSseServer, type ServerCall, type SseServer } from '../support/sse-server.ts';
import { expect, test, type LaunchedApp } from './launch.ts';
import { theWindow, type TheWindow } from './the-window.ts';

/** A stream that a test writes to, and the window that watches it. */
async function watch(
  launch: () => Promise<LaunchedApp>,
  run: (scene: {
    readonly app: LaunchedApp;
    readonly page: Page;
    readonly window: TheWindow;
    readonly call: ServerCall;
  }) => Promise<void>,
): Promise<void> {
  const server: SseServer = await startSseServer({ '/': (call) => call.closed });
  try {
    const app = await launch();
    const window = theWindow(app.page);
    await window.connectToAddress(`${server.origin}/`);
    const call = await server.call(1);
    await run({ app, page: app.page, window, call });
  } finally {
    await server.stop();
  }
}

const events = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, at) => `id: ${from + at}\ndata: {"n":${from + at},"same":true}\n\n`,
  ).join('');

const clipboard = (app: LaunchedApp): Promise<string> =>
  app.electron.evaluate(({ clipboard }) => clipboard.readText());

test('the list follows its end until it is scrolled up, and a click takes it back', async ({ launch }) => {
  await watch(launch, async ({ page, window, call }) => {
    await call.write(events(0, 200));
    await expect(window.row('{"n":199,')).toBeVisible();
    await page.getByRole('grid', { name: 'Events' }).hover();
    await page.mouse.wheel(0, -800);
    await expect(window.row('{"n":199,')).not.toBeInViewport();

    await call.write(events(200, 214));
    const pill = page.getByRole('button', { name: '14 new' });
    await expect(pill).toBeVisible();
    await pill.click();
    await expect(window.row('{"n":213,')).toBeInViewport();
    await expect(pill).toBeHidden();
    await call.write(events(214, 220));
    await expect(window.row('{"n":219,')).toBeInViewport();
  });
});

test('selecting stops the list where it is, and the keys move, copy, extend and close', async ({
  launch,
}) => {
  await watch(launch, async ({ app, page, window, call }) => {
    await call.write(events(0, 100));
    const grid = page.getByRole('grid', { name: 'Events' });
    const selected = grid.getByRole('row', { selected: true });
    await expect(window.row('{"n":99,')).toBeInViewport();
    const top = await grid.evaluate((list) => list.scrollTop);
    await window.row('{"n":90,').click();
    await call.write(events(100, 130));
    await expect(page.getByRole('button', { name: '30 new' })).toBeVisible();
    expect(await grid.evaluate((list) => list.scrollTop)).toBe(top);

    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await expect(selected).toContainText('{"n":92,');
    await page.keyboard.press('k');
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(app)).toBe('{"n":91,"same":true}');
    await page.keyboard.press('Home');
    await expect(selected).toContainText('request');
    await page.keyboard.press('End');
    await expect(selected).toContainText('{"n":129,');

    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByRole('button', { name: /^Export/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Export the session' });
    await expect(dialog.getByRole('radio', { name: /The selected range/ })).toBeChecked();
    await expect(dialog).toContainText('3 entries');
    await page.keyboard.press('Escape');

    await grid.focus();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'Selected entry' })).toBeHidden();
  });
});

test('a filter narrows the list while the stream goes on, and a wrong one is explained', async ({
  launch,
}) => {
  await watch(launch, async ({ page, window, call }) => {
    await call.write('event: goal\ndata: first\n\n: keep-alive\n\nevent: card\ndata: second\n\n');
    const filter = page.getByRole('combobox', { name: 'Filter' });
    await filter.fill('type:goal');
    await expect(window.row('first')).toBeVisible();
    await expect(window.row('second')).toHaveCount(0);
    await call.write('event: goal\ndata: third\n\n');
    await expect(window.row('third')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: '2/6' })).toBeVisible();

    await filter.fill('size>many');
    await expect(page.getByRole('alert')).toContainText('size wants a number of bytes');
    await expect(window.row('third')).toBeVisible();
    await filter.press('Escape');
    await expect(filter).toHaveValue('');
    await expect(window.row('second')).toBeVisible();

    await page.getByRole('button', { name: 'Comments', exact: true }).click();
    await expect(window.row('keep-alive')).toHaveCount(0);
    await expect(window.row('second')).toBeVisible();
  });
});

test('an entry shows its data, what changed, its very bytes and the reads that brought them', async ({
  launch,
}) => {
  await watch(launch, async ({ app, page, window, call }) => {
    await call.write('data: {"score":1,"team":"A","id":12345678901234567890}\n\n');
    await call.write('data: {"score":2,"team":"A",');
    await expect(window.header).toContainText('1 event');
    await call.write('"id":12345678901234567890}\r\nfoo: bar\r\n\r\n');
    await window.row('"score":2').click();
    const detail = page.getByRole('region', { name: 'Selected entry' });
    await detail.getByRole('button', { name: /^Compare with/ }).click();
    await expect(detail).toContainText('1 changed');
    await expect(detail.getByRole('treeitem', { name: /score/ })).toContainText(/1.*2/);
    // A number is shown as it was sent, not as JavaScript would round it.
    await detail.getByRole('treeitem', { name: /id/ }).click();
    await expect(detail).toContainText('$.id');
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(app)).toBe('12345678901234567890');

    await detail.getByRole('tab', { name: 'Frame' }).click();
    await expect(detail.getByText('CRLF', { exact: true })).toHaveCount(3);
    await expect(detail.getByRole('button', { name: /foo/ })).toBeVisible();
    await expect(detail.getByTitle(/^Read .* begins here/)).toHaveCount(1);
    await detail.getByRole('button', { name: 'As hexadecimal' }).click();
    await expect(detail).toContainText('64 61 74 61 3A');

    await detail.getByRole('tab', { name: 'Timing' }).click();
    await expect(detail).toContainText('in 2 reads');
  });
});

test('the wire is there byte for byte, with the selected entry marked', async ({ launch }) => {
  await watch(launch, async ({ app, page, window, call }) => {
    await call.write('\ufeffdata: one\r\n\r\nid: 7\0\rdata: two \u20ac\n\n');
    await window.row('two').click();
    await window.tab('Raw');
    const wire = page.getByRole('list', { name: 'Raw bytes' });
    for (const symbol of ['BOM', 'NUL', 'CR'])
      await expect(wire.getByText(symbol, { exact: true })).toBeVisible();
    await expect(wire.getByTitle(/^Entry \d+$/).first()).toContainText('id:');

    // What is copied is what came: symbols are bytes again, and rows are joined as they were.
    await wire.evaluate((list) => {
      const selection = getSelection();
      const tokens = [...list.querySelectorAll('[data-at]')];
      const from = tokens.find((token) => token.textContent === 'id: ')?.firstChild;
      const to = tokens.find((token) => token.textContent?.startsWith('two'))?.firstChild;
      if (from && to) selection?.setBaseAndExtent(from, 0, to, 5);
    });
    await page.keyboard.press('Control+c');
    await expect.poll(() => clipboard(app)).toBe('id: 7\0\rdata: two \u20ac');
  });
});

test('the timeline selects the nearest event, zooms, and gives a range to the export', async ({ launch }) => {
  await watch(launch, async ({ page, window, call }) => {
    await call.write('event: goal\ndata: first\n\n');
    await expect(window.row('first')).toBeVisible();
    await call.write('event: card\ndata: second\n\n');
    await expect(window.row('second')).toBeVisible();
    await window.stop();
    await window.tab('Timeline');
    const names = page.locator('canvas').locator('xpath=..');
    await expect(names).toContainText('goal');
    await expect(names).toContainText('card');

    const canvas = page.locator('canvas');
    const box = await canvas.boundingBox();
    if (!box) throw new Error('The timeline has no place');
    await page.mouse.move(box.x + 5, box.y + 60);
    await page.keyboard.down('Shift');
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 5, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(page.getByText(/, 6 entries$/)).toBeVisible();
    await page.getByRole('button', { name: /^Export/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Export the session' });
    await expect(dialog.getByRole('radio', { name: /The selected range/ })).toBeChecked();
    await expect(dialog).toContainText('6 entries');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'List it' }).click();
    await expect(page.getByRole('combobox', { name: 'Filter' })).toHaveValue(/^time:0-/);
    await expect(page.getByRole('status').filter({ hasText: '6/6' })).toBeVisible();
    await window.tab('Timeline');

    await canvas.focus();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const detail = page.getByRole('region', { name: 'Selected entry' });
    await expect(detail).toContainText('goal');
    const fit = page.getByRole('button', { name: 'Fit' });
    await expect(fit).toHaveAttribute('aria-pressed', 'true');
    await canvas.hover();
    await page.mouse.wheel(0, -300);
    await expect(fit).toHaveAttribute('aria-pressed', 'false');
    await canvas.focus();
    await page.keyboard.press('f');
    await expect(fit).toHaveAttribute('aria-pressed', 'true');
  });
});
