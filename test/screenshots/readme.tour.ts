/** The pictures of the README, of the sample streams that the app serves itself. Each picture waits for what it is about. */
import { expect, test, type LaunchedApp } from '../e2e/launch.ts';
import { theWindow, type TheWindow } from '../e2e/the-window.ts';
import { arrange, takePicture, THEMES, type Theme } from './picture.ts';

interface Stop {
  /** docs/images/<name>-<theme>.png */
  readonly name: string;
  readonly endpoint: string;
  /** Brings the window to what is to be seen. */
  readonly show: (window: TheWindow) => Promise<void>;
}

const detail = ({ page }: TheWindow) => page.getByRole('region', { name: 'Selected entry' });

const TOUR: readonly Stop[] = [
  {
    name: 'completion',
    endpoint: 'Chat completion',
    async show(window) {
      await window.tab('Completion');
      const written = async () => (await window.page.getByRole('article').innerText()).length;
      await expect.poll(written).toBeGreaterThan(450);
    },
  },
  {
    name: 'exchange',
    endpoint: 'AG-UI run',
    async show(window) {
      await window.tab('Completion');
      await expect(window.page.getByText('The run finished')).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: 'events',
    endpoint: 'Live scores',
    async show(window) {
      await expect(window.row('goal')).toHaveCount(5, { timeout: 60_000 });
      await window.row('goal').nth(3).click();
      await detail(window).getByRole('tab', { name: 'Data' }).click();
      await expect(detail(window)).toContainText('homeTeam');
    },
  },
  {
    name: 'frame',
    endpoint: 'Wire oddities',
    async show(window) {
      await expect(window.row('incomplete')).toHaveCount(1, { timeout: 30_000 });
      await window.row('NUL').first().click();
      await detail(window).getByRole('tab', { name: 'Frame' }).click();
      await expect(detail(window)).toContainText('An id with a NUL in it is ignored');
    },
  },
  {
    name: 'timeline',
    endpoint: 'Heartbeat and resume',
    async show(window) {
      await window.tab('Timeline');
      await expect(window.header).toContainText(/attempt 3/, { timeout: 90_000 });
    },
  },
  {
    name: 'connection',
    endpoint: 'Heartbeat and resume',
    async show(window) {
      await window.tab('Connection');
      await expect(window.header).toContainText(/attempt 2/, { timeout: 60_000 });
      await expect(window.page.getByText(/Last-Event-ID/i).first()).toBeVisible();
    },
  },
];

async function picture(app: LaunchedApp, { name, endpoint, show }: Stop, theme: Theme): Promise<void> {
  await arrange(app, theme);
  const window = theWindow(app.page);
  await window.connectTo(endpoint);
  await show(window);
  // Away from everything that lights up under the pointer.
  await app.page.mouse.move(0, 0);
  await takePicture(app, `${name}-${theme}`);
}

for (const stop of TOUR) {
  for (const theme of THEMES) {
    test(`${stop.name}, ${theme}`, async ({ launch }) => {
      await picture(await launch(), stop, theme);
    });
  }
}
