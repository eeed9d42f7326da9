/** Filtering with completion, finding, and searching all sessions, in the real window. */
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

const score = (team: string, home: number): string =>
  `event: score\ndata: ${JSON.stringify({ team, score: { home } })}\n\n`;

test('a query is completed, filters, is found in, and searches every session', async ({ launch }) => {
  const server = await startSseServer({
    '/first': async (call) => {
      await call.write(
        score('Arsenal', 1),
        'event: ping\ndata: still here\n\n',
        score('Chelsea', 2),
        score('Arsenal', 3),
      );
      await call.closed;
    },
    '/second': async (call) => {
      await call.write(score('Arsenal', 4));
      await call.closed;
    },
  });
  try {
    const { page } = await launch();
    const window = theWindow(page);
    await window.connectToAddress(`${server.origin}/first`);
    await expect(window.header).toContainText('4 events');

    await test.step('completion offers what the session has, and what cannot be read is pointed at', async () => {
      const filter = page.getByRole('combobox', { name: 'Filter' });
      await filter.focus();
      await page.keyboard.type('json.sc');
      await expect(page.getByRole('option', { name: 'json.score.home' })).toBeVisible();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(filter).toHaveValue('json.score.home');
      await page.keyboard.type('>=2 or type:pi');
      await page.keyboard.press('Tab');
      await expect(filter).toHaveValue('json.score.home>=2 or type:ping ');
      await expect(window.row('Chelsea')).toBeVisible();
      await expect(window.row('still here')).toBeVisible();
      await expect(window.row('"home":1')).toHaveCount(0);
      await filter.fill('(size>1');
      await expect(page.getByRole('alert')).toContainText('bracket is never closed');
      await expect(window.row('Chelsea')).toBeVisible();
      await filter.press('Escape');
      await filter.press('Escape');
      await expect(filter).toHaveValue('');
    });

    await test.step('finding marks matches, goes from one to the next, and takes in what comes', async () => {
      await page.keyboard.press('ControlOrMeta+f');
      const find = page.getByRole('combobox', { name: 'Find' });
      await expect(find).toBeFocused();
      await find.fill('data~/Ars\\w+/');
      const bar = page.getByRole('search', { name: 'Find' });
      await expect(bar.getByRole('status')).toHaveText('2');
      await expect
        .poll(() =>
          page.evaluate(() =>
            [...(CSS.highlights.get('found') ?? [])].map((range) => (range as Range).toString()),
          ),
        )
        .toContain('Arsenal');
      await find.press('Enter');
      await expect(bar.getByRole('status')).toHaveText('1 of 2');
      await find.press('Enter');
      await expect(bar.getByRole('status')).toHaveText('2 of 2');
      await expect(page.getByRole('region', { name: 'Selected entry' })).toContainText('3');
      const call = await server.call(1);
      await call.write(score('Arsenal', 9));
      await expect(bar.getByRole('status')).toHaveText('2 of 3');
      await page.keyboard.press('F3');
      await expect(bar.getByRole('status')).toHaveText('3 of 3');
      await page.keyboard.press('F3');
      await expect(bar.getByRole('status')).toHaveText('1 of 3');
      await page.keyboard.press('Shift+F3');
      await expect(bar.getByRole('status')).toHaveText('3 of 3');
      await expect(window.row('Chelsea')).toBeVisible();
      await find.press('Escape');
      await expect(find).toBeHidden();
    });

    await test.step('one query goes over all sessions and leads to the event', async () => {
      await window.stop();
      await window.connectToAddress(`${server.origin}/second`);
      await expect(window.header).toContainText('1 event');
      await page.keyboard.press('ControlOrMeta+Shift+f');
      await page.getByRole('combobox', { name: 'Search all sessions' }).fill('json.team=Arsenal');
      const sheet = page.getByRole('dialog', { name: 'Search all sessions' });
      await expect(sheet.getByRole('status')).toHaveText(/4\s+matches\s+in 2 sessions/);
      await sheet.getByRole('button', { name: /"home":3/ }).click();
      await expect(sheet).toBeHidden();
      await expect(window.header).toContainText('5 events');
      await expect(page.getByRole('combobox', { name: 'Find' })).toHaveValue('json.team=Arsenal');
      await expect(page.getByRole('search', { name: 'Find' }).getByRole('status')).toHaveText('2 of 3');
      await expect(page.getByRole('region', { name: 'Selected entry' })).toContainText('3');
    });
  } finally {
    await server.stop();
  }
});
