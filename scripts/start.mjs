/** npm start: sets up what is missing, builds what is stale, opens the window. Arguments are handed to the app. */
import { withElectron } from './setup/electron-session.mjs';
import { prepareBuild, prepareRuntime } from './setup/prepare.mjs';
import { root } from './setup/project.mjs';
import { attach } from './setup/run.mjs';
import { main } from './setup/say.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  const runtime = await prepareRuntime();
  await prepareBuild();
  return withElectron(runtime, args, ({ env, switches }) =>
    attach(runtime.executable, [...switches, root, ...args], { env }),
  );
});
