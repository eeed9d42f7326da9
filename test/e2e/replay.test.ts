/** Replays a session from the real window: to a client outside, step by step, with faults from the form and from the gallery. */
import { request } from 'node:http';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

/** The body so far, and how it ended. */
function follow(url: string) {
  const seen = { text: '', status: 0, end: '' };
  const call = request(url, { agent: false }, (response) => {
    seen.status = response.statusCode ?? 0;
    response.setEncoding('utf8');
    response.on('data', (text: string) => (seen.text += text));
    response.on('end', () => (seen.end = 'end'));
    response.on('error', (error: NodeJS.ErrnoException) => (seen.end = error.code ?? 'error'));
  });
  call.on('error', (error: NodeJS.ErrnoException) => (seen.end ||= error.code ?? 'error'));
  call.end();
  return seen;
}

test('a session is served again, step by step and with faults', async ({ launch }) => {
  const { page } = await launch();
  const app = theWindow(page);
  await app.connectTo('NDJSON');
  await expect(app.header).toContainText('Ended', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Replay…' }).click();
  const view = page.getByRole('region', { name: 'Replay', exact: true });
  await view.getByLabel('Speed').selectOption({ label: 'Step by step' });
  await view.getByRole('button', { name: 'Start replay' }).click();
  const url = await view.getByRole('textbox', { name: 'Address of the replay' }).inputValue();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/samples\//);

  const held = follow(url);
  const row = view.getByRole('region', { name: 'Clients' }).getByRole('listitem').first();
  await expect(row.getByText('Paused')).toBeVisible();
  expect(held.text).toBe('');
  await row.getByRole('button', { name: 'Send the next write' }).click();
  await expect.poll(() => held.text).not.toBe('');
  await row.getByRole('button', { name: 'Continue' }).click();
  await expect(row.getByText('Got it all')).toBeVisible();
  await expect.poll(() => held.end).toBe('end');

  // A mistake in the script is told with its line, and the clients keep what was there.
  await view.getByLabel('Speed').selectOption({ label: 'Instant' });
  const script = view.getByRole('textbox', { name: 'Fault script' });
  await script.fill('faults:\n  - stal: 3s\n');
  await expect(view.getByRole('button', { name: /^Line 2 "stal" is no fault/ })).toBeVisible();
  await script.fill('');
  await view.getByRole('button', { name: 'Ready ones…' }).click();
  await page.getByRole('menuitem', { name: /Overloaded twice/ }).click();
  await expect(script).toHaveValue(/status: 503\n {4}retry-after: 1/);
  await view.getByRole('button', { name: 'Add…' }).click();
  await page.getByRole('menuitem', { name: 'Drop events' }).click();
  await expect(view.getByText('Drops event 1', { exact: true })).toBeVisible();
  await view.getByRole('button', { name: 'Attempts from 1' }).click();
  await view.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(view.getByRole('button', { name: 'Saved' })).toBeVisible();
  const refused = follow(url);
  await expect.poll(() => refused.status).toBe(503);
  await expect(row.getByText('Answered 503')).toBeVisible();
  await expect(row.getByText(/Answers 503, Retry-After: 1/)).toBeVisible();

  // In the sidebar it can be stopped; the session shows again, and the replay is still there.
  await view.getByRole('button', { name: 'Show the session' }).click();
  await expect(view).toBeHidden();
  await page
    .getByRole('region', { name: 'Replays' })
    .getByRole('button', { name: /NDJSON/ })
    .click();
  await expect(script).toHaveValue(/drop:/);
  await view.getByRole('button', { name: 'Stop replay' }).click();
  await expect(view.getByRole('button', { name: 'Start replay' })).toBeVisible();
});
