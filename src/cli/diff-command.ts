/** `streamscope diff`: two captures, event beside event. */
import { ALIGN_BY, type AlignBy } from '../shared/diff/align-events.ts';
import type { SessionReader } from '../shared/session/log.ts';
import { createMemoryLog } from '../shared/session/memory-log.ts';
import { createRecorder } from '../shared/session/recorder.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { readArguments } from './arguments.ts';
import { UsageError, type Command } from './command.ts';
import type { OptionTable } from './declaration.ts';
import { printDiff } from './diff-printer.ts';
import { framedChunks, readFraming, READ_AS_OPTION } from './read-as.ts';
import { withSource } from './source.ts';

const DIFFERENT = 3;
/** A file of bytes is held in memory while it is compared; a session's folder is not. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;

const OPTIONS = {
  by: {
    type: 'string',
    value: 'WAY',
    values: ALIGN_BY,
    help: 'What makes two events belong together: their ids, their positions, or what they say. Default: content.',
  },
  ignore: {
    type: 'string',
    value: 'KEYS',
    help: 'Keys of JSON that do not count, wherever they stand, separated by commas. JSON is compared by its value then.',
  },
  'by-value': {
    type: 'boolean',
    help: 'Compare JSON by its value: blanks and the order of keys do not count.',
  },
  json: {
    type: 'boolean',
    help: 'Print one JSON value a line: a difference each, and the counts at the end.',
  },
  ...READ_AS_OPTION,
} as const satisfies OptionTable;

export function diffCommand(byteText: ByteText): Command {
  return {
    name: 'diff',
    summary: 'Compare two captures, event beside event.',
    operands: [
      {
        name: 'A',
        completes: 'file',
        help: 'A file of wire bytes, the folder of a recorded session, or the id of one that the app keeps; - for standard input.',
      },
      { name: 'B', completes: 'file', help: 'The other one.' },
    ],
    options: OPTIONS,
    about: `Prints the events that differ: what A has with -, what B has with +, each with
its number, its time in seconds, its type and its data. Comments and what
happened to the connection are not compared.`,
    examples: [
      { command: 'diff before.sse after.sse', does: 'what changed, aligned by content' },
      { command: 'diff a b --ignore id,created', does: 'two answers of the same model' },
      { command: 'diff a b --by id --json', does: 'for other programs' },
    ],
    exitCodes: [
      { code: 0, means: 'no differences' },
      { code: DIFFERENT, means: 'the captures differ' },
    ],
    async run(args, io) {
      const { values, positionals } = readArguments(args, OPTIONS);
      const [a, b, ...more] = positionals;
      if (a === undefined || b === undefined || more.length > 0)
        throw new UsageError('Which two captures? Give two files or folders.');
      if (a === '-' && b === '-') throw new UsageError('Standard input can be one of the two only.');
      const by = values.by ?? 'content';
      if (!isWay(by)) throw new UsageError(`--by is ${ALIGN_BY.join(', ')}, and not "${by}".`);
      const framing = readFraming(values['read-as']);
      const open = (path: string, work: (reader: SessionReader) => Promise<void>) =>
        withSource(path, io.input, byteText, {
          onSession: work,
          async onBytes(source) {
            const { framing: found, chunks } = await framedChunks(framing, path, source);
            const log = createMemoryLog({ sessionId: path, maxBytes: 4 * MAX_FILE_BYTES });
            const recorder = createRecorder({ log, byteText });
            recorder.beginBody(1, found);
            for await (const chunk of chunks) {
              if (log.wireBytes + chunk.length > MAX_FILE_BYTES)
                throw new Error(`"${path}" is longer than 1 GiB. A session's folder may be of any length.`);
              recorder.read(chunk, 0);
            }
            recorder.endBody(0);
            await work(log);
          },
        });
      const rules = { byValue: values['by-value'] === true, ignoredKeys: keysIn(values.ignore ?? '') };
      let differ = false;
      await open(a, (left) =>
        open(b, async (right) => {
          differ = await printDiff({ left, right }, { by, rules, json: values.json === true }, byteText, io);
        }),
      );
      return differ ? DIFFERENT : 0;
    },
  };
}

const isWay = (text: string): text is AlignBy => (ALIGN_BY as readonly string[]).includes(text);

function keysIn(text: string): string[] {
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}
