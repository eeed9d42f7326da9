/** Builds a program of a test into one file that plain Node runs. */
import { basename, join } from 'node:path';
import { build } from 'vite';

/** Resolves to the path of the built file, in `folder`. */
export async function buildScript(source: string, folder: string): Promise<string> {
  const name = `${basename(source, '.ts')}.mjs`;
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: name } },
    },
  });
  return join(folder, name);
}
