/** `streamscope record` as a command of the program. */
import { environmentProxy } from '../main/connections/proxy-route.ts';
import { createUndiciHttpPort } from '../main/connections/undici-http-port.ts';
import type { Clock } from '../shared/base/clock.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Command } from './command.ts';
import { RECORD, readRecordArguments } from './record-arguments.ts';
import { bodyReader } from './read-body.ts';
import { record } from './record.ts';

export function recordCommand(byteText: ByteText, clock: Clock): Command {
  return {
    ...RECORD,
    async run(args, io) {
      const spec = await readRecordArguments(args, bodyReader(io));
      if (spec.request.transport.tls.unverified)
        io.note('Warning: certificates are not verified (--insecure). Whoever answers is believed.');
      const http = createUndiciHttpPort({
        nowMs: clock.nowMs,
        systemProxy: environmentProxy(process.env),
      });
      const { output, onInterrupt, note } = io;
      await record(spec, { output, onInterrupt, note, http, clock, byteText });
    },
  };
}
