/** Steers a live connection in the real window: by its menu, by keys and from the form. */
import { expect, test } from './launch.ts';

test('a stream is dropped, resumed, held back and sent after another id', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('treeitem', { name: /Heartbeat and resume/ }).click();
  await page.getByRole('button', { name: /^Reconnect/ }).click();
  await page.getByLabel('At least', { exact: true }).fill('100 ms');
  await page.getByLabel('Usually', { exact: true }).fill('100 ms');
  await page.getByLabel('Usually', { exact: true }).press('Enter');
  await expect(page.getByText('2 settings differ from the preset.')).toBeVisible();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const header = page.getByRole('region', { name: 'Session' });
  await expect(header.getByText('Open', { exact: true })).toBeVisible();
  await expect(header.getByText(/^[3-9] events$/)).toBeVisible();

  await page.getByRole('tab', { name: /Connection/ }).click();
  await page.keyboard.press('Control+Shift+X');
  await expect(page.getByText(/Resumed after id \d+: nothing missing, nothing repeated/)).toBeVisible();
  await expect(page.getByText(/You dropped the connection, at /).first()).toBeAttached();

  await header.getByRole('button', { name: 'Steer the connection' }).click();
  await page.getByRole('menuitem', { name: /Pause reconnecting/ }).click();
  await expect(header.getByText('Reconnecting is paused for when this stream ends.')).toBeVisible();
  await page.keyboard.press('Control+Shift+X');
  await expect(header.getByText('Paused', { exact: true })).toBeVisible();

  await page.keyboard.press('Control+Shift+L');
  const dialog = page.getByRole('dialog', { name: 'Last-Event-ID of the next attempt' });
  await dialog.getByRole('textbox').fill('1');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await header.getByRole('button', { name: 'Let it reconnect' }).click();
  await expect(page.getByText('Resumes after the event with id 1.')).toBeVisible();
  await expect(page.getByText(/Resumed after id \d+: nothing missing, [1-9]\d* repeated/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
});
