/**
 * npm run peers: runs the command line program against servers that nobody here wrote and reports what was as expected. Arguments:
 * names of peers (default: all), --write (docs/peers.md). The packages are installed into test/peers on the first run.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { peersPage, runPeers } from '../test/peers/run.mjs';
import { prepareBuild } from './setup/prepare.mjs';
import { inProject } from './setup/project.mjs';
import { attach, npmCommand } from './setup/run.mjs';
import { SetupFailed, main, say } from './setup/say.mjs';

const FOLDER = inProject('test', 'peers');

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean' } },
  });
  await prepareBuild();
  if (!existsSync(inProject('test', 'peers', 'node_modules', 'wiremock'))) await install();
  const results = await runPeers(positionals, (line) => process.stdout.write(`${line}\n`));
  const checks = results.flatMap((result) => result.checks);
  const failed = checks.filter((check) => !check.holds).length;
  process.stdout.write(`${checks.length} checks, ${failed} failed\n`);
  if (values.write) {
    const page = inProject('docs', 'peers.md');
    const options = await prettier.resolveConfig(page);
    await writeFile(page, await prettier.format(peersPage(results), { ...options, filepath: page }));
  }
  return failed === 0 ? 0 : 1;
});

async function install() {
  say('Installing the peers …');
  const [command, first] = npmCommand();
  const args = [...first, 'install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  if ((await attach(command, args, { cwd: FOLDER })) !== 0)
    throw new SetupFailed(
      'The peers could not be installed.',
      'Look at what npm said above, and run it again.',
    );
}
