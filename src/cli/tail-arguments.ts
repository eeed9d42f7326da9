/** The arguments of `streamscope tail`, and what they ask for. */
import { parseQuery, type Query } from '../shared/filter/query.ts';
import { onlyPositional, readArguments, readCount, readNumber } from './arguments.ts';
import { UsageError } from './command.ts';
import type { CommandDeclaration, OptionTable } from './declaration.ts';
import { REQUEST_OPTIONS, URL_OPERAND } from './request-arguments.ts';

const COLOURS = ['auto', 'always', 'never'] as const;

const TAIL_OPTIONS = {
  filter: {
    type: 'string',
    short: 'f',
    value: 'QUERY',
    help: 'Only what matches, such as type:goal; docs/query-language.md has the language.',
  },
  'data-only': { type: 'boolean', help: "Print the events' data alone, each on a line of its own." },
  ndjson: { type: 'boolean', help: 'Print one JSON value a line, as record does.' },
  'max-events': { type: 'string', value: 'N', help: 'End when N events are printed.' },
  'max-time': { type: 'string', value: 'S', help: 'End after S seconds.' },
  color: {
    type: 'string',
    value: 'WHEN',
    values: COLOURS,
    help: 'auto, always or never; auto honours NO_COLOR.',
  },
  ...REQUEST_OPTIONS,
} as const satisfies OptionTable;

export const TAIL: CommandDeclaration = {
  name: 'tail',
  summary: 'Watch a stream: one line an event, filtered, with a status line.',
  operands: [URL_OPERAND],
  options: TAIL_OPTIONS,
  about: `Connects and prints each event as it comes: its time, its type and its data on
one line. On a terminal there are colours, and the last line says how the
connection is and what came so far. Nothing is kept.`,
  examples: [
    {
      command: "streamscope tail http://127.0.0.1:8080/events --filter 'type:goal'",
      does: 'Watches events of one type.',
    },
  ],
};

export function readTailArguments(args: readonly string[]) {
  const { values, positionals } = readArguments(args, TAIL_OPTIONS);
  const url = onlyPositional(positionals, 'URL');
  if (values['data-only'] && values.ndjson)
    throw new UsageError('--data-only and --ndjson contradict each other.');
  const colour = COLOURS.find((one) => one === (values.color ?? 'auto'));
  if (!colour) throw new UsageError(`--color is ${COLOURS.join(', ')}, and not "${values.color}".`);
  const seconds = readNumber(values['max-time'], '--max-time');
  return {
    url,
    values,
    query: readQuery(values.filter),
    form: values['data-only'] ? ('data' as const) : values.ndjson ? ('ndjson' as const) : ('rows' as const),
    colour,
    maxEvents: readCount(values['max-events'], '--max-events') ?? Infinity,
    maxMs: seconds === null ? null : seconds * 1000,
  };
}

function readQuery(text: string | undefined): Query | null {
  if (text === undefined) return null;
  const read = parseQuery(text);
  if (read.ok) return read.query;
  throw new UsageError(`--filter cannot be read at character ${read.from + 1}: ${read.message}`);
}
