/**
 * npm run fuzz: random streams to Streamscope's engine and to the EventSource of a real Chromium; every event, ID and reconnect
 * must agree. Options: --count, --minutes, --seed, --from, --at-once, --write, --record (see docs/conformance.md).
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleTests } from './setup/bundle-tests.mjs';
import { chromiumEnvironment } from './setup/chromium.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { inProject } from './setup/project.mjs';
import { SetupFailed, main } from './setup/say.mjs';

await main(async () => {
  await prepareTools();
  const { STREAMSCOPE_CHROMIUM: chromium } = await chromiumEnvironment();
  if (chromium === undefined)
    throw new SetupFailed(
      'The fuzzer compares with a real Chromium, and there is none here.',
      'Install one, or name it in the variable STREAMSCOPE_CHROMIUM.',
    );
  const program = await bundleTests(join('test', 'fuzz', 'main.ts'), 'fuzz');
  const { fuzz } = await import(pathToFileURL(program).href);
  return fuzz(process.argv.slice(2), chromium, inProject('test', 'fixtures', 'fuzz'));
});
