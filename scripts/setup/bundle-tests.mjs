/** Makes a program of TypeScript under test/ that plain Node can run. Packages stay where they are installed. */
import { join } from 'node:path';
import { cacheFolder, inProject } from './project.mjs';

/** Resolves to the path of the bundle; `path` is below the project's folder, `name` names the bundle. */
export async function bundleTests(path, name) {
  // Not above: Vite is there only once the packages are installed.
  const { build } = await import('vite');
  const outDir = join(cacheFolder, name);
  await build({
    configFile: false,
    logLevel: 'error',
    root: inProject('test'),
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: { [name]: inProject(path) },
        output: { format: 'esm', entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}
