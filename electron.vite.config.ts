/**
 * How the four programs are built: main and the CLI (one build, so that they share chunks), preload, and the window.
 *
 * Targets and formats are set explicitly. Left alone, electron-vite takes them from the installed Electron and emits ES
 * modules for main, which the oldest runtime that Streamscope supports (Electron 25) cannot load; and a sandboxed preload
 * must be CommonJS in any version. devDependencies are bundled, so out/ runs without node_modules.
 */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/** Electron 25.1: Node 18.15 and Chromium 114. */
const NODE_TARGET = 'node18.15';
const CHROME_TARGET = 'chrome114';

const source = (path: string) => resolve(import.meta.dirname, 'src', path);

const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
} as const;

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          cli: source('cli/index.ts'),
          'search-worker': source('main/search/search-worker.ts'),
        },
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      outDir: 'out/preload',
      rolldownOptions: { input: { index: source('preload/index.ts') }, output: commonJs },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [svelte({ configFile: false })],
    build: {
      target: CHROME_TARGET,
      outDir: 'out/renderer',
      // The page's content security policy allows fonts and pictures from its own origin only, not as data: addresses.
      assetsInlineLimit: 0,
      // The script is read at every start: less of it is a window that is there sooner.
      minify: true,
      rolldownOptions: { input: { index: source('renderer/index.html') } },
    },
  },
});
