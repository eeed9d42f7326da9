/** npm run dev: the app with hot reload. Arguments are handed to the app. */
import { forgetBuild } from './setup/build-if-stale.mjs';
import { withElectron } from './setup/electron-session.mjs';
import { prepareRuntime } from './setup/prepare.mjs';
import { inProject } from './setup/project.mjs';
import { attach } from './setup/run.mjs';
import { main } from './setup/say.mjs';

const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');

await main(async () => {
  const args = process.argv.slice(2);
  const runtime = await prepareRuntime();
  await forgetBuild();
  return withElectron(runtime, args, ({ env, switches }) =>
    attach(process.execPath, [electronVite, 'dev', '--watch', '--', ...switches, ...args], { env }),
  );
});
