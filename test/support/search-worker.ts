/** The thread that searches, built for tests: they run from sources, and a thread needs a program. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

export interface BuiltWorker {
  readonly file: string;
  readonly remove: () => Promise<void>;
}

export async function buildSearchWorker(): Promise<BuiltWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'streamscope-search-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      ssr: true,
      target: 'node18.15',
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: { worker: resolve(import.meta.dirname, '../../src/main/search/search-worker.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
    ssr: { noExternal: true },
  });
  return { file: join(folder, 'worker.cjs'), remove: () => rm(folder, { recursive: true, force: true }) };
}
