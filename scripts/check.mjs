/** npm run check: types, lint, format and unit tests; quick, and quiet when all is well. */
import { createSteps } from './checks/steps.mjs';
import { staticChecks } from './checks/static-checks.mjs';
import { runVitest } from './checks/test-runners.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { main } from './setup/say.mjs';

/** Everything but test/integration, which opens sockets and waits. */
const UNIT = ['--exclude', 'integration/**'];

await main(async () => {
  await prepareTools();
  const steps = createSteps();
  await steps.checks(staticChecks);
  await steps.tests('unit tests', () => runVitest(UNIT, { quiet: true }));
  return steps.finish();
});
