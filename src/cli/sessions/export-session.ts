/** `streamscope sessions export`: a session of the app's library as any format that is written. */
import { createExporters } from '../../shared/export/registry.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { readArguments } from '../arguments.ts';
import { UsageError, type Command } from '../command.ts';
import { exportOptions, OUT_OPERAND, readExportOrder } from '../convert/convert-arguments.ts';
import { carryOut } from '../convert/carry-out.ts';
import type { OptionTable } from '../declaration.ts';
import { LIBRARY_OPTIONS, openLibrary, SESSION_OPERAND } from './library.ts';

export function exportCommand(byteText: ByteText, version: string): Command {
  const exporters = createExporters(byteText, version).all();
  const options = { ...exportOptions(exporters), ...LIBRARY_OPTIONS } as const satisfies OptionTable;
  return {
    name: 'export',
    summary: 'Write a session as a file of another format.',
    operands: [SESSION_OPERAND, OUT_OPERAND],
    options,
    about: `Writes what the export of the app writes. Secrets are taken out by the names
they stand under and by their formats; what the settings of the app count as
secret besides is not known here. One that is being recorded is written as far
as it has come.`,
    examples: [
      { command: 'streamscope sessions export latest goals.csv --filter type:goal', does: 'as a table' },
      { command: 'streamscope sessions export latest - --to sse', does: 'its bytes' },
    ],
    async run(args, io) {
      const { values, positionals } = readArguments(args, options);
      const [word, out, more] = positionals;
      if (word === undefined || out === undefined) throw new UsageError('SESSION and OUT are needed.');
      if (more !== undefined) throw new UsageError(`"${more}" is one argument too many.`);
      const order = readExportOrder(out, values, exporters);
      const { store, annotations, find } = openLibrary(values.library, byteText);
      await carryOut(order, { io, byteText, version }, async (_goesOn, write) => {
        const summary = await find(word);
        const { id } = summary;
        const reader = await store.open(id);
        try {
          const folder = store.folderOf(id);
          await write({ summary, reader, folder, annotations: await annotations.open(id) });
        } finally {
          await store.release(id);
        }
      });
    },
  };
}
