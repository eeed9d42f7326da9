/** `streamscope tail` as a command of the program. */
import type { Clock } from '../shared/base/clock.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Command } from './command.ts';
import { connectAndRecord } from './connect-and-record.ts';
import { httpOfProcess } from './http-of-process.ts';
import { bodyReader } from './read-body.ts';
import { readRequest } from './request-arguments.ts';
import { readTailArguments, TAIL } from './tail-arguments.ts';
import { createTailPrinter } from './tail-printer.ts';

export function tailCommand(byteText: ByteText, clock: Clock): Command {
  return {
    ...TAIL,
    async run(args, io) {
      const given = readTailArguments(args);
      const asked = await readRequest(given.url, given.values, bodyReader(io));
      const http = httpOfProcess(clock, asked.request, io);
      const { output, onInterrupt } = io;
      const end = await connectAndRecord(
        { ...asked, maxMs: given.maxMs, folder: null },
        { output, onInterrupt, http, clock, byteText },
        (log, startedAt, steering) =>
          createTailPrinter({
            ...{ log, output, byteText, startedAt, steering },
            ...{ query: given.query, form: given.form, maxEvents: given.maxEvents },
            terminal: io.terminal,
            colour: given.colour === 'always' || (given.colour === 'auto' && (io.terminal?.colour ?? false)),
          }),
      );
      await end.close();
      if (end.failure !== null) throw new Error(end.failure);
    },
  };
}
