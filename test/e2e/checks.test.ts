/** Checks of an endpoint: typed, judged while the stream runs, kept with the endpoint, and judged over an older session. */
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** Where pictures go for somebody who looks; not set in ordinary runs. */
const PICTURES = process.env['STREAMSCOPE_PICTURES'] ?? '';

test('checks are judged while the stream runs, point at its events, and stay with the endpoint', async ({
  launch,
}) => {
  let more = (): void => {};
  const server = await startSseServer({
    '/goals': async (call) => {
      await call.write('event: goal\nid: 1\ndata: {"minute":1}\n\n');
      await new Promise<void>((resolve) => (more = resolve));
      await call.write('event: goal\nid: 1\ndata: {"minute":"2"}\n\n');
      await call.closed;
    },
  });
  try {
    const { page } = await launch();
    const window = theWindow(page);
    const picture = async (name: string) => {
      if (PICTURES !== '') await page.screenshot({ path: `${PICTURES}/checks-${name}.png` });
    };
    await window.connectToAddress(`${server.origin}/goals`);
    await expect(window.header).toContainText('1 event');
    await page.keyboard.press('Control+s');
    await page.keyboard.press('Enter');
    await window.tab('Checks');
    await expect(page.getByRole('heading', { name: 'No checks yet' })).toBeVisible();
    await picture('empty');
    await page.getByRole('button', { name: 'Any event stream' }).click();

    const results = page.getByRole('region', { name: 'Results' });
    const editor = page.getByRole('textbox', { name: 'Checks as YAML' });
    const check = (text: string) => results.getByRole('listitem').filter({ hasText: text });
    await expect(check('The server answers with 200')).toContainText('Passed.');

    await editor.fill(
      '- ids: rising\n- count: { exactly: 2 }\n- schema: { is: { properties: { minute: { type: integer } } } }\n',
    );
    await expect(check('has a higher id')).toContainText('Pending.');
    more();
    await expect(check('has a higher id')).toContainText('Failed.');
    await expect(check('is valid against the schema')).toContainText('1 of 2 events is not valid');
    await expect(check('Exactly 2 events')).toContainText('Pending.');
    await picture('filled');

    await check('has a higher id').getByRole('button', { name: 'Show entry 3' }).click();
    await expect(page.getByRole('button', { name: 'Close', exact: false }).first()).toBeVisible();
    await editor.fill('- statsu: 200\n- ids: rising\n');
    await expect(page.getByRole('button', { name: /1:3 There is no check "statsu"/ })).toBeVisible();
    await expect(check('has a higher id')).toContainText('Failed.');
    if (PICTURES !== '') {
      await page.setViewportSize({ width: 900, height: 600 });
      await picture('small');
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture('small-dark');
      await page.setViewportSize({ width: 1280, height: 800 });
      await picture('dark');
    }

    await editor.fill('- count: { exactly: 2 }\n');
    await window.stop();
    await expect(check('Exactly 2 events')).toContainText('Passed.');

    // Kept with the endpoint: another session of it is judged by the same text.
    await page.reload();
    await expect(editor).toHaveValue('- count: { exactly: 2 }\n');
    await expect(check('Exactly 2 events')).toContainText('Passed.');
  } finally {
    await server.stop();
  }
});
