/** One step of the checks by name: npm run build, lint, typecheck, format, unit, e2e. Arguments go to the test runner. */
import { createSteps } from './checks/steps.mjs';
import { formatFiles, lintCheck, typeChecks } from './checks/static-checks.mjs';
import { runPlaywright, runVitest } from './checks/test-runners.mjs';
import { build } from './setup/build-if-stale.mjs';
import { chromiumEnvironment } from './setup/chromium.mjs';
import { withElectron } from './setup/electron-session.mjs';
import { prepareBuild, prepareRuntime, prepareTools } from './setup/prepare.mjs';
import { inProject } from './setup/project.mjs';
import { SetupFailed, main } from './setup/say.mjs';
import { prepareSurroundings } from './setup/surroundings.mjs';
import { withSetupLock } from './setup/setup-lock.mjs';

const [name, ...args] = process.argv.slice(2);
const steps = createSteps();

const STEPS = {
  build: () => withSetupLock(build),
  lint: () => steps.checks([lintCheck]),
  typecheck: () => steps.checks(typeChecks),
  format: () => steps.checks([formatFiles]),
  unit: () => steps.tests('unit and integration tests', () => runVitest(args)),
  e2e: () => playwright('end-to-end tests', 'e2e'),
  screenshots: () => playwright('screenshots', 'screenshots'),
};

/** Drives the built app in a real window, as test/<folder>/playwright.config.ts says. */
async function playwright(title, folder) {
  const runtime = await prepareRuntime();
  await prepareBuild();
  const chromium = folder === 'e2e' ? await chromiumEnvironment() : {};
  if (folder === 'e2e') await prepareSurroundings();
  await steps.tests(title, () =>
    withElectron(runtime, [], ({ env }) =>
      runPlaywright(inProject('test', folder, 'playwright.config.ts'), args, { ...env, ...chromium }),
    ),
  );
}

await main(async () => {
  const run = STEPS[name];
  if (!run)
    throw new SetupFailed(`There is no step "${name}".`, `There are: ${Object.keys(STEPS).join(', ')}.`);
  await prepareTools();
  await run();
  return name === 'build' ? 0 : steps.finish();
});
