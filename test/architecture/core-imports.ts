/** The part of the import table that is about the core: src/shared. */
import type { ModuleRule } from './module-rule.ts';

const PURE = 'The core does no I/O: bytes and clock readings go in, entries and effects come out.';

export const CORE_IMPORTS: readonly ModuleRule[] = [
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
    module: 'shared/alerts',
    may: ['shared/session', 'shared/connection', 'shared/filter', 'shared/export', 'shared/checks'],
    because: PURE,
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
];
