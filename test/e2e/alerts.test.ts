/** Alerts of an endpoint in the window: set below the address, told by the desktop, found in the session by a click. */
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** Where pictures go for somebody who looks; not set in ordinary runs. */
const PICTURES = process.env['STREAMSCOPE_PICTURES'] ?? '';

test('an alert is set below the address, told by the desktop, and shows its session when it is clicked', async ({
  launch,
}) => {
  const server = await startSseServer({
    '/s': async (call) => {
      await call.write('data: fine\n\n', 'event: fault\ndata: it broke\n\n');
      await call.closed;
    },
    '/other': (call) => call.end(),
  });
  try {
    const { page, electron } = await launch();
    // The desktop of a test may have no notifications: what is shown is kept here, and clicked from here.
    await electron.evaluate(({ Notification }) => {
      const shown: Electron.Notification[] = [];
      Object.assign(globalThis, { shown });
      Notification.isSupported = () => true;
      Notification.prototype.show = function show(this: Electron.Notification) {
        shown.push(this);
      };
    });
    const window = theWindow(page);
    const picture = async (name: string) => {
      if (PICTURES !== '') await page.screenshot({ path: `${PICTURES}/alerts-${name}.png` });
    };
    await page.getByRole('textbox', { name: 'Address' }).fill(`${server.origin}/s`);
    await page.getByRole('button', { name: 'Alerts' }).click();
    const query = page.getByRole('textbox', { name: 'Event matches' });
    await query.fill('(type:fault');
    await expect(query).toHaveAttribute('aria-invalid', 'true');
    await picture('problem');
    await query.fill('type:fault');
    await expect(query).toHaveAttribute('aria-invalid', 'false');
    await window.connectToAddress(`${server.origin}/s`);
    await expect(window.row('Event #3 matches “type:fault”.')).toBeVisible();
    await picture('told');
    if (PICTURES !== '') {
      await page.setViewportSize({ width: 900, height: 600 });
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture('small-dark');
    }
    await window.stop();
    await window.connectToAddress(`${server.origin}/other`);
    await expect(window.row('Event #3 matches')).toHaveCount(0);

    const bodies = await electron.evaluate(() => {
      const { shown } = globalThis as unknown as { readonly shown: Electron.Notification[] };
      shown[0]?.emit('click');
      return shown.map(({ body }) => body);
    });
    expect(bodies).toEqual(['Event #3 matches “type:fault”.']);
    await expect(window.row('Event #3 matches')).toBeVisible();
  } finally {
    await server.stop();
  }
});
