/** `streamscope convert`: a capture of any format that is read, as any format that is written. */
import { createExporters } from '../../shared/export/registry.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { readArguments, readCount } from '../arguments.ts';
import { UsageError, type Command } from '../command.ts';
import type { OptionTable } from '../declaration.ts';
import { readFraming, READ_AS_OPTION } from '../read-as.ts';
import { carryOut } from './carry-out.ts';
import { exportOptions, OUT_OPERAND, readExportOrder } from './convert-arguments.ts';
import { withCapture } from './open-capture.ts';

export function convertCommand(byteText: ByteText, version: string): Command {
  const exporters = createExporters(byteText, version).all();
  const options = {
    ...exportOptions(exporters),
    stream: { type: 'string', value: 'N', help: 'The N-th stream of a file that has several.' },
    ...READ_AS_OPTION,
  } as const satisfies OptionTable;
  return {
    name: 'convert',
    summary: 'Write a capture in another format.',
    operands: [
      {
        name: 'IN',
        completes: 'file',
        help: 'A HAR file, what curl printed, NDJSON, JSON, CSV, the bytes of a stream, a .streamscope file, the folder of a recorded session, or the id of one that the app keeps; - for standard input.',
      },
      OUT_OPERAND,
    ],
    options,
    about: `Reads what the app imports or opens and writes what it exports. Secrets are
taken out by the names they stand under and by their formats; what the settings
of the app count as secret besides is not known here. The file appears when it
is whole; one that is there already is not touched without --force.`,
    examples: [
      {
        command: 'streamscope convert trace.har events.ndjson',
        does: 'what a browser recorded, one entry a line',
      },
      {
        command: 'streamscope convert ./capture goals.csv --filter type:goal',
        does: 'some of a session as a table',
      },
      {
        command: 'streamscope convert - report.md --read-as sse',
        does: 'a report of the bytes on standard input',
      },
    ],
    async run(args, io) {
      const { values, positionals } = readArguments(args, options);
      const [from, out, more] = positionals;
      if (from === undefined || out === undefined) throw new UsageError('IN and OUT are needed.');
      if (more !== undefined) throw new UsageError(`"${more}" is one argument too many.`);
      const order = readExportOrder(out, values, exporters);
      const readAs = readFraming(values['read-as']);
      const stream = readCount(values.stream, '--stream');
      const { input, note } = io;
      await carryOut(order, { io, byteText, version }, (goesOn, write) =>
        withCapture(from, { input, byteText, readAs, stream, goesOn, note }, write),
      );
    },
  };
}
