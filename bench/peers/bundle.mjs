/** Bundles what the benchmarks run outside this process, for the oldest runtime that Streamscope supports. */
import { join } from 'node:path';
import { build } from 'vite';
import { cacheFolder, inProject } from '../../scripts/setup/project.mjs';

const outDir = join(cacheFolder, 'bench');

/** Resolves to the path of the CommonJS bundle of a source file; `path` is below the project's folder. */
export async function bundle(path, name) {
  await build({
    configFile: false,
    logLevel: 'error',
    root: inProject('bench'),
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node18.15',
      outDir,
      emptyOutDir: false,
      rolldownOptions: {
        input: { [name]: inProject(...path.split('/')) },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: `${name}-[hash].cjs` },
      },
    },
  });
  return join(outDir, `${name}.cjs`);
}
