/** `streamscope sessions list` and `show`. */
import { describeEntry } from '../../shared/session/describe-entry.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import { hasTag } from '../../shared/session/tags.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { onlyPositional, readArguments, readCount } from '../arguments.ts';
import { UsageError, type Command } from '../command.ts';
import type { OptionTable } from '../declaration.ts';
import { tame } from '../ink.ts';
import { JSON_OPTION, LIBRARY_OPTIONS, openLibrary, SESSION_OPERAND } from './library.ts';

const LIST_OPTIONS = {
  tag: { type: 'string', value: 'TAG', help: 'Only those with this tag.' },
  limit: { type: 'string', value: 'N', help: 'At most N, the newest.' },
  ...JSON_OPTION,
  ...LIBRARY_OPTIONS,
} as const satisfies OptionTable;

export function listCommand(byteText: ByteText): Command {
  return {
    name: 'list',
    summary: 'List the sessions, newest first.',
    operands: [],
    options: LIST_OPTIONS,
    about:
      'Prints one line a session: its id, when it began, how it ended, its events and\nits name. With --json one JSON value a line.',
    async run(args, { output }) {
      const { values, positionals } = readArguments(args, LIST_OPTIONS);
      if (positionals[0] !== undefined) throw new UsageError(`"${positionals[0]}" is one argument too many.`);
      const limit = readCount(values.limit, '--limit') ?? Infinity;
      const { tag } = values;
      const all = await openLibrary(values.library, byteText).store.list();
      const wanted = all.filter(({ tags }) => tag === undefined || hasTag(tags, tag)).slice(0, limit);
      await output.write(
        wanted.map((one) => (values.json ? `${JSON.stringify(one)}\n` : sessionLine(one))).join(''),
      );
    },
  };
}

function sessionLine({ id, startedAt, outcome, counts, name, tags }: SessionSummary): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ');
  const marks = tags.map((tag) => ` #${tag}`).join('');
  return `${id}  ${time}  ${outcome.padEnd(11)}  ${String(counts.events).padStart(8)}  ${tame(name + marks)}\n`;
}

const SHOW_OPTIONS = { ...JSON_OPTION, ...LIBRARY_OPTIONS } as const satisfies OptionTable;

export function showCommand(byteText: ByteText): Command {
  return {
    name: 'show',
    summary: 'Say what is known of a session.',
    operands: [SESSION_OPERAND],
    options: SHOW_OPTIONS,
    about: 'Prints its facts, what happened to its connection, and the bookmarks and notes\non its events.',
    async run(args, { output }) {
      const { values, positionals } = readArguments(args, SHOW_OPTIONS);
      const library = openLibrary(values.library, byteText);
      const summary = await library.find(onlyPositional(positionals, 'SESSION'));
      const reader = await library.store.open(summary.id);
      try {
        const journal = await reader.journal();
        const annotations = (await library.annotations.open(summary.id)).all();
        if (values.json) {
          await output.write(`${JSON.stringify({ ...summary, journal, annotations })}\n`);
          return;
        }
        const { id, method, url, name, notes, tags, outcome, counts, durationMs, startedAt } = summary;
        const lines = [
          `${name}`,
          `  id        ${id}`,
          `  request   ${method} ${url}`,
          `  began     ${new Date(startedAt).toISOString()}`,
          `  took      ${(durationMs / 1000).toFixed(3)} s, ${outcome}`,
          `  holds     ${counts.events} events, ${counts.entries} entries, ${counts.bodyBytes} bytes, ${counts.attempts} attempts`,
          `  folder    ${library.store.folderOf(id)}`,
          ...(tags.length > 0 ? [`  tags      ${tags.join(', ')}`] : []),
          ...(notes === '' ? [] : [`  note      ${notes}`]),
          '',
          ...journal.map(
            ({ seq, atMs, entry }) => `  #${seq}  ${(atMs / 1000).toFixed(3)}  ${describeEntry(entry)}`,
          ),
          ...annotations.map(
            ({ seq, bookmarked, note }) => `  #${seq}  ${bookmarked ? 'bookmark' : 'note'}  ${note}`,
          ),
        ];
        await output.write(lines.map((line) => `${tame(line)}\n`).join(''));
      } finally {
        await library.store.release(summary.id);
      }
    },
  };
}
