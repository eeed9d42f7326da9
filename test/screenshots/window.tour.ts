/** The window as it opens at the first start, in both themes. */
import { test } from '../e2e/launch.ts';
import { arrange, takePicture, THEMES } from './picture.ts';

for (const theme of THEMES) {
  test(`the window at the first start, ${theme}`, async ({ launch }) => {
    const app = await launch();
    await arrange(app, theme);
    await takePicture(app, `first-start-${theme}`);
  });
}
