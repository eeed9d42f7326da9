/** `streamscope record` as a command of the program. */
import { readFile } from 'node:fs/promises';
import { environmentProxy } from '../main/connections/proxy-route.ts';
import { createUndiciHttpPort } from '../main/connections/undici-http-port.ts';
import type { Clock } from '../shared/base/clock.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Command } from './command.ts';
import { readRecordArguments, RECORD_HELP } from './record-arguments.ts';
import { record } from './record.ts';

export function recordCommand(byteText: ByteText, clock: Clock): Command {
  return {
    name: 'record',
    summary: 'Connect to a stream, print what happens and keep it in a folder.',
    help: RECORD_HELP,
    async run(args, io) {
      const spec = await readRecordArguments(args, (path) =>
        path === '-' ? readAll(io.input) : readFile(path),
      );
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

async function readAll(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of input) parts.push(part);
  return Buffer.concat(parts);
}
