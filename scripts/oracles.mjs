/**
 * npm run oracles: random valid streams of OpenAI, Anthropic and Gemini, rebuilt and compared with the official clients. Options:
 * --count, --seed, --dialect (see docs/dialects.md).
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleTests } from './setup/bundle-tests.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { main } from './setup/say.mjs';

await main(async () => {
  await prepareTools();
  const program = await bundleTests(join('test', 'oracles', 'main.ts'), 'oracles');
  const { compareWithOracles } = await import(pathToFileURL(program).href);
  return compareWithOracles(process.argv.slice(2));
});
