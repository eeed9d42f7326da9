/** What a person does in the window and reads from it, in the words of the window. */
import { expect, type Locator, type Page } from '@playwright/test';

export type TabName = 'Events' | 'Timeline' | 'Completion' | 'Connection' | 'Raw' | 'Checks';

export interface TheWindow {
  readonly page: Page;
  readonly button: Locator;
  /** Chooses a saved endpoint and connects. */
  connectTo(endpoint: string): Promise<void>;
  /** Types an address and connects. */
  connectToAddress(url: string): Promise<void>;
  stop(): Promise<void>;
  tab(name: TabName): Promise<void>;
  /** The line about the session: state, attempt, counts. */
  readonly header: Locator;
  /** Rows that are drawn now, each with its cells as text. */
  rows(): Promise<readonly (readonly string[])[]>;
  /** A row of the list that is drawn and has this text. */
  row(text: string | RegExp): Locator;
  readonly sessions: Locator;
}

export function theWindow(page: Page): TheWindow {
  const button = page.getByRole('button', { name: /^(Connect|Stop|Cancel)$/ });
  const connect = page.getByRole('button', { name: 'Connect', exact: true });
  const grid = page.getByRole('grid', { name: 'Events' });
  return {
    page,
    button,
    async connectTo(endpoint) {
      const name = page.getByText(endpoint, { exact: true });
      await page.getByRole('treeitem').filter({ has: name }).click();
      await connect.click();
    },
    async connectToAddress(url) {
      await page.getByRole('textbox', { name: 'Address' }).fill(url);
      await connect.click();
    },
    async stop() {
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect(connect).toBeVisible();
    },
    tab: (name) => page.getByRole('tab', { name, exact: true }).click(),
    header: page.getByRole('region', { name: 'Session', exact: true }),
    rows: () =>
      grid.evaluate((list) =>
        [...list.querySelectorAll('[role=row]')]
          .map((row) =>
            [...row.querySelectorAll('[role=gridcell]')].map((cell) => (cell.textContent ?? '').trim()),
          )
          .filter((cells) => cells.length > 0),
      ),
    row: (text) => grid.getByRole('row').filter({ hasText: text }),
    sessions: page.getByRole('listbox', { name: 'Sessions' }).getByRole('option'),
  };
}
