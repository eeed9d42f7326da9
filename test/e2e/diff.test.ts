/** Two sessions beside each other in the real window. */
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('two sessions are compared event beside event, and a pair leads to its event', async ({ launch }) => {
  const goal = (id: number, text: string) =>
    `event: goal\nid: ${id}\ndata: {"match":"A","score":"${text}"}\n\n`;
  const server = await startSseServer({
    '/first': async (call) => {
      await call.write(goal(1, '1-0'), goal(2, '1-1'), goal(3, '2-1'));
      await call.closed;
    },
    '/second': async (call) => {
      await call.write(goal(1, '1-0'), goal(2, '1-2'), goal(4, '3-2'));
      await call.closed;
    },
  });
  try {
    const { page } = await launch();
    const window = theWindow(page);
    for (const path of ['/first', '/second']) {
      await window.connectToAddress(`${server.origin}${path}`);
      await expect(window.row('1-0')).toBeVisible();
      await window.stop();
    }
    await window.sessions.filter({ hasText: 'first' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare events with the shown session' }).click();
    const view = page.getByRole('region', { name: 'Comparison of two sessions' });
    await expect(view.getByRole('status')).toHaveText(/2\s+changed.*1\s+the same/s);
    await view.getByRole('radio', { name: 'ID' }).check();
    await expect(view.getByRole('status')).toHaveText(
      /1\s+changed.*1\s+only on the left.*1\s+only on the right.*1\s+the same/s,
    );
    const grid = view.getByRole('grid', { name: 'Events of both sessions' });
    await grid.getByRole('row').filter({ hasText: '1-1' }).click();
    const pair = view.getByRole('region', { name: 'The selected pair of events' });
    await expect(pair.getByText('1 difference in the JSON')).toBeVisible();
    await view.getByRole('checkbox', { name: 'Differences only' }).check();
    await expect(grid.getByRole('row').filter({ hasText: '1-0' })).toHaveCount(0);
    await grid.getByRole('row').filter({ hasText: '1-1' }).click();
    await pair.getByRole('button', { name: /^Right #/ }).click();
    await expect(view).toBeHidden();
    await expect(window.row('1-1')).toBeVisible();
  } finally {
    await server.stop();
  }
});
