/** `streamscope sessions rename`, `tag`, `note`, `pin`, `bookmark`, `delete` and `restore`. */
import type { SessionLabels, SessionSummary } from '../../shared/session/entry.ts';
import { tidyTags } from '../../shared/session/tags.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { onlyPositional, readArguments } from '../arguments.ts';
import { UsageError, type Command } from '../command.ts';
import type { OperandDeclaration, OptionTable } from '../declaration.ts';
import { LIBRARY_OPTIONS, openLibrary, SESSION_OPERAND } from './library.ts';

interface LabelCommand {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly operand: OperandDeclaration;
  readonly options?: OptionTable;
  /** What changes; throws a UsageError. */
  change(
    words: readonly string[],
    session: SessionSummary,
    flags: Readonly<Record<string, unknown>>,
  ): Partial<SessionLabels>;
}

const LABEL_COMMANDS: readonly LabelCommand[] = [
  {
    name: 'rename',
    summary: 'Give a session another name.',
    about: 'Gives a session another name.',
    operand: { name: 'NAME', multiple: true, help: 'The name; words are put together.' },
    change: (words) => ({ name: said(words, 'NAME') }),
  },
  {
    name: 'tag',
    summary: 'Put tags on a session, or take them off.',
    about: 'Adds tags to those that a session has.',
    operand: { name: 'TAG', multiple: true, help: 'Tags to add, or to take off with --remove.' },
    options: { remove: { type: 'boolean', help: 'Take these tags off instead.' } },
    change(words, { tags }, { remove }) {
      said(words, 'TAG');
      const given = tidyTags(words);
      const gone = new Set(given.map((tag) => tag.toLowerCase()));
      return {
        tags:
          remove === true
            ? tags.filter((tag) => !gone.has(tag.toLowerCase()))
            : tidyTags([...tags, ...given]),
      };
    },
  },
  {
    name: 'note',
    summary: 'Write a note on a session.',
    about: 'Replaces the note on a session; "" takes it away.',
    operand: { name: 'TEXT', multiple: true, help: 'The note; words are put together.' },
    change(words) {
      if (words.length === 0) throw new UsageError('TEXT is missing.');
      return { notes: words.join(' ').trim() };
    },
  },
  {
    name: 'pin',
    summary: 'Keep a session from being deleted by itself.',
    about: 'Pins a session: nothing deletes it by itself.',
    operand: { name: 'yes|no', values: ['yes', 'no'], optional: true, help: 'Default: yes.' },
    change([word = 'yes']) {
      if (word !== 'yes' && word !== 'no') throw new UsageError(`pin is yes or no, and not "${word}".`);
      return { pinned: word === 'yes' };
    },
  },
];

export function labelCommands(byteText: ByteText): readonly Command[] {
  return LABEL_COMMANDS.map(({ name, summary, about, operand, options: own = {}, change }) => {
    const options: OptionTable = { ...own, ...LIBRARY_OPTIONS };
    return {
      name,
      summary,
      about,
      operands: [SESSION_OPERAND, operand],
      options,
      async run(args) {
        const { values, positionals } = readArguments(args, options);
        const [word, ...words] = positionals;
        if (word === undefined) throw new UsageError('SESSION is missing.');
        const library = openLibrary(textOf(values['library']), byteText);
        const session = await library.findToChange(word);
        await library.store.describe(session.id, change(words, session, values));
      },
    };
  });
}

function said(words: readonly string[], what: string): string {
  const text = words.join(' ').trim();
  if (text === '') throw new UsageError(`${what} is missing.`);
  return text;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const BOOKMARK_OPTIONS = {
  note: {
    type: 'string',
    value: 'TEXT',
    help: 'A note on the entry instead of a bookmark; "" takes it away.',
  },
  remove: { type: 'boolean', help: 'Take bookmark and note off.' },
  ...LIBRARY_OPTIONS,
} as const satisfies OptionTable;

export function bookmarkCommand(byteText: ByteText): Command {
  return {
    name: 'bookmark',
    summary: 'Bookmark an entry of a session, or write a note on it.',
    about:
      'Bookmarks an entry. An app that has the session open at the moment does not see\nit before its next start.',
    operands: [SESSION_OPERAND, { name: 'NUMBER', help: 'The number of the entry, as lists show it.' }],
    options: BOOKMARK_OPTIONS,
    async run(args) {
      const { values, positionals } = readArguments(args, BOOKMARK_OPTIONS);
      const [word, number, third] = positionals;
      if (word === undefined || number === undefined) throw new UsageError('SESSION and NUMBER are needed.');
      if (third !== undefined) throw new UsageError(`"${third}" is one argument too many.`);
      const library = openLibrary(values.library, byteText);
      const session = await library.find(word);
      const seq = Number(number.replace(/^#/, ''));
      if (!Number.isSafeInteger(seq) || seq < 0 || seq >= session.counts.entries)
        throw new UsageError(`NUMBER is from 0 to ${session.counts.entries - 1}, and not "${number}".`);
      const before = (await library.annotations.open(session.id)).annotationOf(seq);
      const bookmarked = values.remove ? false : values.note === undefined || (before?.bookmarked ?? false);
      const note = values.remove ? '' : (values.note ?? before?.note ?? '');
      await library.annotations.annotate(session.id, [{ seq, bookmarked, note }]);
    },
  };
}

export function deleteCommand(byteText: ByteText): Command {
  return {
    name: 'delete',
    summary: 'Move sessions to the trash.',
    about: 'Moves sessions to the trash of the app, where restore finds them until it is\nemptied.',
    operands: [{ ...SESSION_OPERAND, multiple: true }],
    options: LIBRARY_OPTIONS,
    async run(args, { note }) {
      const { values, positionals } = readArguments(args, LIBRARY_OPTIONS);
      if (positionals.length === 0) throw new UsageError('SESSION is missing.');
      const library = openLibrary(values.library, byteText);
      const sessions = [];
      // All of them are found before the first one goes: "latest" means what it meant.
      for (const word of positionals) sessions.push(await library.findToChange(word));
      for (const { id } of new Set(sessions)) {
        await library.store.remove(id);
        note(`Moved ${id} to the trash; streamscope sessions restore ${id} brings it back.`);
      }
    },
  };
}

export function restoreCommand(byteText: ByteText): Command {
  return {
    name: 'restore',
    summary: 'Bring a session back from the trash.',
    about: 'Brings a session back from the trash. Its whole id is needed.',
    operands: [{ name: 'ID', help: 'Its id, as delete said it.' }],
    options: LIBRARY_OPTIONS,
    async run(args) {
      const { values, positionals } = readArguments(args, LIBRARY_OPTIONS);
      const id = onlyPositional(positionals, 'ID');
      await openLibrary(values.library, byteText).store.restore(id);
    },
  };
}
