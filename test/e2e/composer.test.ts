/** A chat request as a form, and several runs of it, against the app's own sample chat. */
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('a question is edited as a form and answered, and three runs of it are three sessions', async ({
  launch,
}) => {
  const { page } = await launch();
  const window = theWindow(page);
  const chat = page.getByText('Chat completion', { exact: true });
  await page.getByRole('treeitem').filter({ has: chat }).click();
  await page.getByRole('button', { name: /^Body/ }).click();
  await page.getByRole('textbox', { name: 'Message 1' }).fill('How do streams resume?');
  await page
    .getByRole('textbox', { name: 'Max tokens' })
    .or(page.getByLabel('Max tokens'))
    .first()
    .fill('12');
  await page.getByLabel('Temperature').fill('0.5');
  await page.getByRole('button', { name: 'Raw JSON' }).click();
  const body = page.getByRole('textbox', { name: 'Body', exact: true });
  await expect(body).toHaveValue(/"content": "How do streams resume\?"/);
  await expect(body).toHaveValue(/"max_tokens": 12/);
  await page.getByRole('button', { name: 'Compose' }).click();

  await page.getByRole('button', { name: 'Run several…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run several' });
  await expect(dialog.getByText('Chat completion with tools')).toBeVisible();
  await dialog.getByRole('button', { name: 'Run 3 times' }).click();
  await expect(page.getByText('3 runs ended')).toBeVisible();
  await expect(window.sessions.filter({ hasText: /Chat completion run [123]\/3/ })).toHaveCount(3);

  await page.getByRole('button', { name: /^Body/ }).click();
  await window.tab('Completion');
  await expect(
    page.getByRole('article').filter({ hasText: 'You asked: “How do streams resume?”' }),
  ).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'About this answer' })).toContainText('length');
});
