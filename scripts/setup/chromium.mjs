/**
 * A current Chromium, to test the window's page at the modern end of the range. Only the tests want it: on Debian as root it
 * is installed, elsewhere its tests are skipped and say how to get it.
 */
import { findProgram, canInstallPackages, installCommand, installPackages } from './system-packages.mjs';
import { SetupFailed, say } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const find = () =>
  process.env.STREAMSCOPE_CHROMIUM ?? NAMES.map(findProgram).find((path) => path !== null) ?? null;

/** The variable by which the tests find it; empty when there is none. */
export async function chromiumEnvironment() {
  if (find() === null && canInstallPackages) {
    try {
      await installPackages(['chromium'], 'One test runs in a current Chromium.');
    } catch (error) {
      // Its absence costs one test, not the run: Ubuntu's chromium, for one, is a snap that containers cannot install.
      if (!(error instanceof SetupFailed)) throw error;
      say(error.message);
    }
  }
  const path = find();
  if (path !== null) return { STREAMSCOPE_CHROMIUM: path };
  say(`No Chromium: one end-to-end test is skipped. To have it: ${await installCommand(['chromium'])}`);
  return {};
}
