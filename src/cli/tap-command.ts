/** `streamscope tap`: a tap without a window. Prints its address, then a line a request. Owns when it ends. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createDirectoryCaptureStore } from '../main/capture/directory-capture-store.ts';
import { environmentProxy } from '../main/connections/proxy-route.ts';
import { startTap, type TapSession } from '../main/tap/running-tap.ts';
import { createUpstream } from '../main/tap/upstream-way.ts';
import type { Clock } from '../shared/base/clock.ts';
import type { CaptureStore } from '../shared/session/capture-store.ts';
import { createMemoryLog } from '../shared/session/memory-log.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { isLoopbackBind } from '../shared/tap/tap-spec.ts';
import type { Command, CommandIo } from './command.ts';
import { readTapArguments, TAP } from './tap-arguments.ts';
import { exchangeLine } from './tap-line.ts';

export function tapCommand(byteText: ByteText, clock: Clock): Command {
  return {
    ...TAP,
    run: (args, io) => tap(readTapArguments(args), { byteText, clock, io }),
  };
}

interface TapDeps {
  readonly byteText: ByteText;
  readonly clock: Clock;
  readonly io: CommandIo;
}

/** What a session without a folder may take of memory; nobody reads it. */
const MEMORY_BYTES = 256 * 1024;

async function tap(
  { spec, out, json }: ReturnType<typeof readTapArguments>,
  { byteText, clock, io }: TapDeps,
): Promise<void> {
  const { output, note } = io;
  const root = out === null ? null : resolve(out);
  if (root !== null) await mkdir(dirname(root), { recursive: true });
  const store: Pick<CaptureStore, 'create' | 'finish'> =
    root === null ? passing() : createDirectoryCaptureStore({ root, byteText, epochMs: clock.epochMs });
  let failure: Error | null = null;
  let stop: (why: string) => void = () => {};
  /** Lines are written one after the other. */
  let writing: Promise<void> = Promise.resolve();
  const print = (text: string) => {
    writing = writing
      .then(() => output.write(text))
      .catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
        stop('The output cannot be written');
      });
  };
  const told = (session: TapSession) => {
    void session.ended.then(() => {
      const folder = root === null ? null : session.log.sessionId;
      print(
        json
          ? `${JSON.stringify({ ...session.exchange, sessionId: folder })}\n`
          : exchangeLine(session.exchange, folder),
      );
    });
  };

  const running = await startTap(spec, {
    store,
    byteText,
    clock,
    openUpstream: createUpstream({
      nowMs: clock.nowMs,
      byteText,
      systemProxy: environmentProxy(process.env),
    }),
    onSession: told,
    onChanged: () => {},
    onHeldChanged: () => {},
    onFault: (what, error) => note(`${what}: ${error instanceof Error ? error.message : String(error)}`),
  });
  if (spec.transport.tls.unverified)
    note('Warning: certificates are not verified (--insecure). Whoever answers is believed.');
  if (!isLoopbackBind(spec.bind))
    note('The tap is open to the network. Its token is in the address; whoever has it can use the server.');
  print(
    json ? `${JSON.stringify({ address: running.address, target: spec.target })}\n` : `${running.address}\n`,
  );

  const why = await new Promise<string>((resolvePromise) => {
    stop = resolvePromise;
    io.onInterrupt(() => resolvePromise('You interrupted it'));
    output.onClosed(() => resolvePromise('Nobody reads its output any more'));
  });
  await running.stop(why);
  await writing;
  if (failure) throw failure as Error;
}

/** Sessions that nobody keeps: counted, and let go with their request. */
function passing(): Pick<CaptureStore, 'create' | 'finish'> {
  let sessions = 0;
  const logs = new Map<string, ReturnType<typeof createMemoryLog>>();
  return {
    async create() {
      sessions += 1;
      const sessionId = `tap-${sessions}`;
      const log = createMemoryLog({ sessionId, maxBytes: MEMORY_BYTES });
      logs.set(sessionId, log);
      return log;
    },
    async finish(sessionId) {
      await logs.get(sessionId)?.close();
      logs.delete(sessionId);
    },
  };
}
