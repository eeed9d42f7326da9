/** npm test: the same set-up as npm start, then every check and every test there is, to the end, whatever fails. */
import { createSteps } from './checks/steps.mjs';
import { staticChecks } from './checks/static-checks.mjs';
import { runPlaywright, runVitest } from './checks/test-runners.mjs';
import { buildIfStale } from './setup/build-if-stale.mjs';
import { chromiumEnvironment } from './setup/chromium.mjs';
import { withElectron } from './setup/electron-session.mjs';
import { prepareRuntime } from './setup/prepare.mjs';
import { inProject } from './setup/project.mjs';
import { main } from './setup/say.mjs';
import { prepareSurroundings } from './setup/surroundings.mjs';
import { withSetupLock } from './setup/setup-lock.mjs';

const e2eConfig = inProject('test', 'e2e', 'playwright.config.ts');

await main(async () => {
  const runtime = await prepareRuntime();
  const chromium = await chromiumEnvironment();
  await prepareSurroundings();
  const steps = createSteps();
  const build = {
    name: 'build',
    run: () => withSetupLock(buildIfStale).then(() => ({ code: 0, output: '' })),
  };
  await steps.checks([build, ...staticChecks]);
  await steps.tests('unit and integration tests', () => runVitest([]));
  await steps.tests('end-to-end tests', () =>
    withElectron(runtime, [], ({ env }) => runPlaywright(e2eConfig, [], { ...env, ...chromium })),
  );
  return steps.finish();
});
