/** Environments, secrets and the folder of the endpoints, as a person uses them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

test('an environment gives an address its values, asks for a secret once, and keeps it out of the files', async ({
  launch,
  userData,
}) => {
  const app = await launch();
  const { page } = app;
  const window = theWindow(page);
  await page.getByRole('treeitem').filter({ hasText: 'Live scores' }).click();
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('{{base}}/api/v1/live-scores?key={{API_KEY}}');

  await page.keyboard.press('Control+e');
  await page.getByRole('menuitem', { name: /Edit environments/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Environments and variables' });
  await dialog.getByRole('button', { name: 'New environment' }).last().click();
  await page.keyboard.type('Local');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Name of a new variable' }).fill('base');
  await dialog.getByRole('textbox', { name: 'Value of base' }).fill('http://127.0.0.1');
  await dialog.getByRole('textbox', { name: 'Name of a new variable' }).fill('API_KEY');
  await dialog.getByRole('textbox', { name: 'Name of a new variable' }).focus();
  await expect(dialog.getByRole('button', { name: /^API_KEY is secret/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Environment: Local' })).toBeVisible();

  // A value is put in as it is: what stands in it is not searched again.
  const samples = await sampleOrigin(page);
  await address.fill(`${samples}/api/v1/live-scores?key={{API_KEY}}`);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const asked = page.getByRole('dialog', { name: 'Secrets' });
  await asked.getByRole('textbox').fill('sk-very-secret');
  await asked.getByRole('button', { name: 'Connect' }).click();
  await expect(window.header).toContainText('Open');
  await expect(window.row('goal').first()).toBeVisible();
  await window.tab('Connection');
  await expect(page.getByText(/key=\(hidden/).first()).toBeVisible();
  await window.stop();
  await page.keyboard.press('Control+s');

  // Asked once a run: the second connection goes on by itself.
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.header).toContainText('Open');
  await window.stop();

  const saved = join(userData, 'workspace', 'endpoints', 'Samples', 'Live scores.yaml');
  await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toContain('{{API_KEY}}');
  await app.close();
  for (const path of await filesBelow(userData))
    expect((await readFile(path)).includes('sk-very-secret'), path).toBe(false);
});

/** What the {{samples}} of the address bar stands for, as its hover says it. */
async function sampleOrigin(page: Page): Promise<string> {
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('{{samples}}');
  await address.hover();
  const hint = page.getByText(/\{\{samples\}\} is http/);
  await expect(hint).toBeVisible();
  return ((await hint.innerText()).split(' is ')[1] ?? '').trim();
}

/** The app's own files; Chromium keeps what is typed in none of them. */
async function filesBelow(root: string): Promise<readonly string[]> {
  const entries = await Promise.all(
    ['workspace', 'sessions', 'workspace.json', 'secrets.json'].map(async (name) => {
      const path = join(root, name);
      if (name.endsWith('.json')) return [path];
      const below = await readdir(path, { recursive: true, withFileTypes: true });
      return below.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  return entries.flat();
}
