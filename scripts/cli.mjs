/**
 * npm run -s cli -- …: the command line program, on plain Node. It runs in this very process, so standard input, signals,
 * closed pipes and the exit code are its own. Nothing is printed unless something had to be installed or built, and then to
 * standard error.
 */
import { createRequire } from 'node:module';
import { prepareBuild } from './setup/prepare.mjs';
import { inProject } from './setup/project.mjs';
import { main } from './setup/say.mjs';

const program = inProject('out', 'main', 'cli.cjs');
let ready = false;

await main(async () => {
  await prepareBuild();
  ready = true;
});

if (ready) {
  // npm moves to the project's folder; relative paths are meant from where the user stands.
  if (process.env.npm_lifecycle_event === 'cli' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  process.argv = [process.execPath, program, ...process.argv.slice(2)];
  createRequire(import.meta.url)(program);
}
