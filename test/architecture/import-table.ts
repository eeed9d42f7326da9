/**
 * The import table of ARCHITECTURE.md as a value: which module may import which. Anything not listed is forbidden. A module is
 * a folder of src/ or, where one file has rights of its own, that file. Inside a module files import each other freely.
 */

export interface ModuleRule {
  /** Path below src/; a folder, or a file with its extension. The longest that fits a file is its module. */
  readonly module: string;
  /** Modules and packages, as prefixes: `shared` is all of it, `node:` is every builtin. */
  readonly may: readonly string[];
  /** The reason, for somebody whose import was refused. */
  readonly because: string;
}

const NO_ELECTRON = 'It also runs without Electron: in tests and in the command line program.';
const PURE = 'The core does no I/O: bytes and clock readings go in, entries and effects come out.';

export const IMPORT_TABLE: readonly ModuleRule[] = [
  { module: 'shared/base', may: [], because: 'Everything rests on it, so it rests on nothing.' },
  { module: 'shared/sse', may: ['shared/base', 'eventsource-parser'], because: PURE },
  {
    module: 'shared/session',
    may: ['shared/base', 'shared/sse', 'shared/connection'],
    because: `${PURE} It knows the words of connections, and neither completions nor IPC.`,
  },
  {
    module: 'shared/connection',
    may: ['shared/base', 'shared/sse', 'shared/session'],
    because: `${PURE} Timers are effects, not imports.`,
  },
  {
    module: 'shared/chat',
    may: ['shared/base', 'shared/sse', 'shared/session', 'gpt-tokenizer'],
    because: 'A dialect only translates events; who shows or writes the completion is not its business.',
  },
  {
    module: 'shared/protocol',
    may: ['shared/base', 'shared/sse', 'shared/session', 'shared/chat', 'rfc6902'],
    because:
      'A protocol only matches up what was said; who shows or writes the exchange is not its business.',
  },
  { module: 'shared/diff', may: ['shared/base', 'shared/sse', 'shared/session'], because: PURE },
  { module: 'shared/filter', may: ['shared/base', 'shared/sse', 'shared/session'], because: PURE },
  {
    module: 'shared/redaction',
    may: ['shared/base', 'shared/sse', 'shared/session'],
    because: `${PURE} Exports, the tap and session files take secrets out in the same way.`,
  },
  {
    module: 'shared/export',
    may: [
      'shared/base',
      'shared/sse',
      'shared/session',
      'shared/chat',
      'shared/protocol',
      'shared/redaction',
    ],
    because: 'An exporter sees a reader, never a path or a dialog.',
  },
  {
    module: 'shared/checks',
    may: [
      'shared/base',
      'shared/sse',
      'shared/session',
      'shared/connection',
      'shared/chat',
      'shared/protocol',
      'shared/filter',
      'shared/export',
      '@cfworker/json-schema',
      'yaml',
    ],
    because: `${PURE} It judges what was captured; who shows the results is not its business.`,
  },
  {
    module: 'shared/workspace',
    may: ['shared/base', 'shared/connection', 'shared/session/redact.ts', 'shared/ipc/envelope.ts'],
    because: `${PURE} Of IPC it knows the error with a code, which is how it refuses.`,
  },
  {
    module: 'shared/library',
    may: ['shared/base', 'shared/session'],
    because: `${PURE} It decides over summaries and never sees a file.`,
  },
  { module: 'shared/settings', may: ['shared/library'], because: PURE },
  {
    module: 'shared/import',
    may: ['shared/base', 'shared/connection', 'shared/session/redact.ts', 'shared/workspace', 'yaml'],
    because: `${PURE} It reads texts; who asked for the file is not its business.`,
  },
  {
    module: 'shared/import/captures',
    may: [
      'shared/base',
      'shared/sse',
      'shared/session',
      'shared/connection',
      'shared/export/csv.ts',
      'shared/export/csv-cells.ts',
    ],
    because: `${PURE} It turns files into steps for a recorder, and knows the formats that exports write.`,
  },
  {
    module: 'shared/snippet',
    may: ['shared/base', 'shared/connection'],
    because: `${PURE} It writes a request as text.`,
  },
  {
    module: 'shared/tap',
    may: ['shared/base', 'shared/sse', 'shared/session', 'shared/connection', 'shared/filter'],
    because: `${PURE} It reads HTTP messages and decides what a tap does to them.`,
  },
  {
    module: 'shared/compose',
    may: ['shared/base', 'shared/connection', 'shared/chat/json-read.ts'],
    because: `${PURE} It reads and writes requests; what comes back is the business of shared/chat.`,
  },
  {
    module: 'shared/replay',
    may: ['shared/base', 'shared/sse', 'shared/session', 'shared/filter'],
    because: `${PURE} What is played, when, is decided here; sockets and timers are in main.`,
  },
  {
    module: 'shared/faults',
    may: ['shared/base', 'shared/sse', 'shared/session', 'shared/filter', 'shared/replay', 'yaml'],
    because: `${PURE} A plan makes actions of frames; who performs them is not its business.`,
  },
  {
    module: 'shared/ipc',
    may: [
      'shared/base',
      'shared/sse',
      'shared/session',
      'shared/connection',
      'shared/chat',
      'shared/protocol',
      'shared/filter',
      'shared/export',
      'shared/redaction',
      'shared/checks',
      'shared/diff',
      'shared/workspace',
      'shared/settings',
      'shared/replay',
      'shared/faults',
      'shared/tap',
    ],
    because: 'The contract names what crosses; it must work over any transport.',
  },

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
