import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('an answer is replayed event by event, and its Markdown is formatted', async ({ launch }) => {
  const { page } = await launch();
  const window = theWindow(page);
  await window.connectTo('Chat completion');
  await window.tab('Completion');
  await expect(window.header).toContainText('Ended', { timeout: 60_000 });
  const lane = page.getByRole('article').first();
  const whole = (await lane.textContent()) ?? '';
  const slider = page.getByRole('slider', { name: 'Place in the making of the answer' });

  await slider.focus();
  await slider.press('Home');
  await expect(lane).not.toContainText('Server-Sent');
  await slider.press('PageDown');
  await expect(lane).toContainText('writing…');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await expect.poll(() => lane.textContent(), { timeout: 30_000 }).toBe(whole);

  await page.getByRole('button', { name: 'Format Markdown' }).click();
  await expect(lane.locator('ol > li')).toHaveCount(3);
  await expect(lane.locator('pre')).toContainText('event: goal');
  const word = lane.locator('strong').first();
  await word.click();
  const detail = page.getByRole('region', { name: 'Selected entry' });
  await expect(detail).toContainText('chat.completion.chunk');
  await slider.press('PageUp');
  await expect(lane).toContainText('writing…');
});
