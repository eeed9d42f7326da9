/** The arguments of `streamscope record`, and what they ask for. */
import { onlyPositional, readArguments, readCount, readNumber } from './arguments.ts';
import { UsageError } from './command.ts';
import type { RecordingSpec } from './connect-and-record.ts';
import type { CommandDeclaration, OptionTable } from './declaration.ts';
import { readRequest, REQUEST_OPTIONS, URL_OPERAND, type ReadBody } from './request-arguments.ts';

const RECORD_OPTIONS = {
  ...REQUEST_OPTIONS,
  'max-events': { type: 'string', value: 'N', help: 'End when N events are printed.' },
  'max-time': { type: 'string', value: 'S', help: 'End after S seconds.' },
  out: {
    type: 'string',
    value: 'DIR',
    completes: 'folder',
    help: 'Keep the session in the folder DIR, which must be new or empty; Streamscope and the other commands open it. Without it nothing is kept, and memory stays bounded.',
  },
  raw: { type: 'boolean', help: 'Print the body bytes as they come instead of JSON.' },
} as const satisfies OptionTable;

export const RECORD: CommandDeclaration = {
  name: 'record',
  summary: 'Connect to a stream, print what happens and keep it in a folder.',
  operands: [URL_OPERAND],
  options: RECORD_OPTIONS,
  about: `Connects to an event stream and prints what happens, one JSON value a line:
frames (events, comments, …) and facts about the connection. docs/formats.md
describes the keys. Like a browser it connects again when a GET ends or breaks
off, once it was open; the answer to another method is taken once. Ctrl+C ends
it properly.`,
  exitCodes: [{ code: 0, means: 'normal end' }],
};

export interface RecordSpec extends RecordingSpec {
  /** null: no limit. */
  readonly maxEvents: number | null;
  readonly raw: boolean;
}

/** @throws UsageError */
export async function readRecordArguments(args: readonly string[], readBody: ReadBody): Promise<RecordSpec> {
  const { values, positionals } = readArguments(args, RECORD_OPTIONS);
  const url = onlyPositional(positionals, 'URL');
  if (values.out === '') throw new UsageError('--out needs the name of a folder.');
  const { request, patient } = await readRequest(url, values, readBody);
  const seconds = readNumber(values['max-time'], '--max-time');
  return {
    request,
    patient,
    maxEvents: readCount(values['max-events'], '--max-events'),
    maxMs: seconds === null ? null : seconds * 1000,
    folder: values.out ?? null,
    raw: values.raw ?? false,
  };
}
