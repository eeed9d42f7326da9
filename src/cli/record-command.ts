/** `streamscope record` as a command of the program. */
import type { Clock } from '../shared/base/clock.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Command } from './command.ts';
import { httpOfProcess } from './http-of-process.ts';
import { RECORD, readRecordArguments } from './record-arguments.ts';
import { bodyReader } from './read-body.ts';
import { record } from './record.ts';

export function recordCommand(byteText: ByteText, clock: Clock): Command {
  return {
    ...RECORD,
    async run(args, io) {
      const spec = await readRecordArguments(args, bodyReader(io));
      const http = httpOfProcess(clock, spec.request, io);
      const { output, onInterrupt, note } = io;
      await record(spec, { output, onInterrupt, note, http, clock, byteText });
    },
  };
}
