/** Takes the pictures of the documentation: a window of one size, in a chosen theme, written to docs/images. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type LaunchedApp } from '../e2e/launch.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'images');

export const PICTURE_SIZE = { width: 1280, height: 800 } as const;
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Gives the window its size, and its theme by the button that people use: it goes round system, light and dark. */
export async function arrange(
  { electron, page }: LaunchedApp,
  theme: Theme,
  size: { readonly width: number; readonly height: number } = PICTURE_SIZE,
): Promise<void> {
  await electron.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height),
    size,
  );
  const button = page.getByRole('button', { name: /^Theme:/ });
  await expect(async () => {
    if ((await button.getAttribute('aria-label')) !== `Theme: ${theme}`) await button.click();
    await expect(button).toHaveAttribute('aria-label', `Theme: ${theme}`, { timeout: 500 });
  }).toPass();
  await page.waitForFunction(
    (wanted) => window.innerWidth === wanted.width && window.innerHeight === wanted.height,
    size,
  );
}

/** Writes docs/images/<name>.png: what the window shows now, without a caret and with animations at their end. */
export async function takePicture({ page }: LaunchedApp, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
