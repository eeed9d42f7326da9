/** Ten thousand events in one burst: all of them, in order, and a window that answers. */
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

const EVENTS = 10_000;
const EVENT_BYTES = 330;
const ROW_PX = 24;

function event(number: number): string {
  const head = `id: ${number}\ndata: {"number":${number},"pad":"`;
  const tail = '"}\n\n';
  return head + 'x'.repeat(EVENT_BYTES - head.length - tail.length) + tail;
}

test('10,000 events of 330 bytes in one burst are all in the list, in order', async ({ launch }) => {
  const burst = Array.from({ length: EVENTS }, (_, number) => event(number)).join('');
  const server = await startSseServer({
    '/burst': async (call) => {
      await call.write(burst);
      await call.closed;
    },
  });
  try {
    const { page } = await launch({ args: [`${server.origin}/burst`] });
    const window = theWindow(page);
    await expect(window.header).toContainText(/10.?000 events/);
    await window.stop();
    await (
      await server.call(1)
    ).closed;

    await page.getByPlaceholder(/^Filter/).fill('kind:event');
    const grid = page.getByRole('grid', { name: 'Events' });
    await expect(grid).toHaveAttribute('aria-rowcount', new RegExp(`^${EVENTS}$|^${EVENTS + 1}$`));
    const seen: number[] = [];
    while (seen.length < EVENTS) {
      const from = seen.length;
      await grid.evaluate((list, top) => (list.scrollTop = top), from * ROW_PX);
      await expect
        .poll(async () => idsFrom(await window.rows(), from).length, { intervals: [10] })
        .toBeGreaterThan(0);
      seen.push(...idsFrom(await window.rows(), from));
    }
    expect(seen).toEqual(Array.from({ length: EVENTS }, (_, number) => number));
  } finally {
    await server.stop();
  }
});

/** The ids on screen that follow without a gap from number `from` on. */
function idsFrom(rows: readonly (readonly string[])[], from: number): number[] {
  const ids = rows.map((cells) => cells[4]).filter((id) => id !== undefined && id !== '');
  const start = ids.indexOf(String(from));
  return start < 0 ? [] : ids.slice(start).map(Number);
}
