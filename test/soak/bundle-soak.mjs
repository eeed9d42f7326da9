/** Bundles the soaks and what they run against, so that each runs as a process of its own on plain Node. */
import { join } from 'node:path';
import { build } from 'vite';
import { cacheFolder } from '../../scripts/setup/project.mjs';

/** Resolves to the paths of the programs. `outDir`: default in .cache. */
export async function bundleSoak(outDir = join(cacheFolder, 'soak')) {
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: {
          'run-soak': join(import.meta.dirname, 'run-soak.ts'),
          'soak-server': join(import.meta.dirname, 'soak-server.ts'),
          'run-replay-soak': join(import.meta.dirname, 'replay', 'run-replay-soak.ts'),
          'run-tap-soak': join(import.meta.dirname, 'run-tap-soak.ts'),
          'tap-soak-peer': join(import.meta.dirname, 'tap-soak-peer.ts'),
          'replay-clients': join(import.meta.dirname, 'replay', 'replay-clients.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'soak-[hash].mjs' },
      },
    },
  });
  const path = (name) => join(outDir, `${name}.mjs`);
  return {
    program: path('run-soak'),
    server: path('soak-server'),
    replay: path('run-replay-soak'),
    replayClients: path('replay-clients'),
    tap: path('run-tap-soak'),
    tapPeer: path('tap-soak-peer'),
  };
}
