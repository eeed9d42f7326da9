/**
 * The import table of ARCHITECTURE.md as a value: which module may import which. Anything not listed is forbidden. A module is
 * a folder of src/ or, where one file has rights of its own, that file. Inside a module files import each other freely.
 */
import { CORE_IMPORTS } from './core-imports.ts';
import type { ModuleRule } from './module-rule.ts';

const NO_ELECTRON = 'It also runs without Electron: in tests and in the command line program.';

export const IMPORT_TABLE: readonly ModuleRule[] = [
  ...CORE_IMPORTS,
  { module: 'main/files', may: ['node:'], because: NO_ELECTRON },
  { module: 'main/capture', may: ['shared', 'node:', 'main/files'], because: NO_ELECTRON },
  { module: 'main/connections', may: ['shared', 'node:', 'undici', 'tough-cookie'], because: NO_ELECTRON },
  { module: 'main/samples', may: ['shared', 'node:'], because: NO_ELECTRON },
  { module: 'main/sessions', may: ['shared', 'node:'], because: NO_ELECTRON },
  {
    module: 'main/diff',
    may: ['shared', 'node:', 'main/live', 'main/sessions'],
    because: NO_ELECTRON,
  },
  {
    module: 'main/search',
    may: ['shared', 'node:', 'main/sessions', 'main/capture', '@eslint-community/regexpp'],
    because: `${NO_ELECTRON} It also runs in a thread that has nothing but the files.`,
  },
  { module: 'main/workspace', may: ['shared', 'node:', 'yaml', 'main/files'], because: NO_ELECTRON },
  { module: 'main/settings', may: ['shared', 'node:', 'main/workspace'], because: NO_ELECTRON },
  {
    module: 'main/library',
    may: ['shared', 'node:', 'main/archive', 'main/capture', 'main/files'],
    because: NO_ELECTRON,
  },
  {
    module: 'main/archive',
    may: ['shared', 'node:', 'main/capture', 'yazl', 'yauzl'],
    because: `${NO_ELECTRON} A session file is made and read without a window.`,
  },
  {
    module: 'main/checks',
    may: ['shared', 'node:', 'main/sessions', 'main/live'],
    because: `${NO_ELECTRON} It judges sessions that are open; the language is in shared/checks.`,
  },
  {
    module: 'main/alerts',
    may: ['shared', 'main/checks', 'main/live', 'main/sessions'],
    because: NO_ELECTRON,
  },
  {
    module: 'main/live',
    may: ['shared', 'node:', 'main/capture', 'main/connections', 'main/sessions'],
    because: NO_ELECTRON,
  },
  {
    module: 'main/export',
    may: ['shared', 'node:', 'main/sessions', 'main/capture'],
    because: `${NO_ELECTRON} The save dialog is a port.`,
  },
  {
    module: 'main/replay',
    may: ['shared', 'node:', 'main/files', 'main/capture', 'main/sessions'],
    because: `${NO_ELECTRON} It is handed readers and folders.`,
  },
  {
    module: 'main/import',
    may: ['shared', 'node:', 'main/capture', 'main/files'],
    because: `${NO_ELECTRON} The open dialog is a port.`,
  },
  {
    module: 'main/tap',
    may: ['shared', 'node:', 'main/capture', 'main/connections', 'main/files'],
    because: NO_ELECTRON,
  },
  {
    module: 'main/ipc',
    may: [
      'shared',
      'node:',
      'main/archive',
      'main/checks',
      'main/capture',
      'main/connections',
      'main/diff',
      'main/export',
      'main/library',
      'main/import',
      'main/live',
      'main/replay',
      'main/samples',
      'main/search',
      'main/sessions',
      'main/settings',
      'main/tap',
      'main/workspace',
    ],
    because: 'Handlers and feeds are tested in Node; only electron-server.ts knows Electron.',
  },
  {
    module: 'main/ipc/electron-server.ts',
    may: ['shared', 'electron', 'main/ipc'],
    because: 'The one door between the window and main.',
  },
  {
    module: 'main',
    may: ['shared', 'node:', 'electron', 'main'],
    because: 'The shell of the app: windows, menus and wiring. It never reaches into the window.',
  },

  {
    module: 'preload',
    may: ['electron', 'shared/ipc'],
    because: 'It runs beside captured data: a transport and nothing else.',
  },

  {
    module: 'renderer/mirror',
    may: ['shared'],
    because: 'Captured data never becomes reactive: the mirror knows neither Svelte nor the DOM.',
  },
  {
    module: 'renderer/state',
    may: ['renderer/mirror', 'shared', 'svelte'],
    because: 'State is below the views.',
  },
  {
    module: 'renderer/ui',
    may: ['svelte', '@lucide/svelte', 'shared/base'],
    because: 'A widget knows nothing of streams: what it shows comes in as properties.',
  },
  {
    module: 'renderer/views/*',
    may: [
      'renderer/ui',
      'renderer/state',
      'shared',
      'svelte',
      '@lucide/svelte',
      // Markdown as a tree, for the view of completions.
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'micromark-extension-gfm',
    ],
    because:
      'A view stands alone: what two views share belongs to ui, state or shared, and App.svelte puts them together.',
  },
  { module: 'renderer/styles', may: ['@fontsource'], because: 'Styles only.' },
  {
    module: 'renderer',
    may: [
      'renderer/views',
      'renderer/state',
      'renderer/ui',
      'renderer/styles',
      'shared',
      'svelte',
      '@fontsource',
      '@lucide/svelte',
    ],
    because: 'It composes; the mirror is behind state.',
  },

  {
    module: 'cli',
    may: [
      'shared',
      'node:',
      'main/archive',
      'main/capture',
      'main/connections',
      'main/diff',
      'main/export',
      'main/library',
      'main/import',
      'main/replay',
      'main/samples',
      'main/search',
      'main/sessions',
      'main/tap',
    ],
    because: 'It runs on plain Node: the electron-free parts of main.',
  },
];

/** Edges that are wrong and known, each with a link to its issue. Empty it, do not fill it. */
export const DEBT: readonly { readonly from: string; readonly to: string; readonly issue: string }[] = [];
