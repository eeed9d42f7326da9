/** `streamscope replay` as a command of the program. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULT_FILE, readFaultFile } from '../main/replay/fault-file.ts';
import { createRecording } from '../main/replay/recording.ts';
import { createReplayServer, type ReplayServer } from '../main/replay/replay-server.ts';
import type { Clock } from '../shared/base/clock.ts';
import type { FaultPlan } from '../shared/faults/fault.ts';
import { parseFaults } from '../shared/faults/parse-faults.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { Command, CommandIo } from './command.ts';
import { readReplayArguments, REPLAY, type ReplaySpec } from './replay-arguments.ts';
import { openReplaySource, type ReplaySource } from './replay-source.ts';

export function replayCommand(byteText: ByteText, clock: Clock): Command {
  return {
    ...REPLAY,
    async run(args, io) {
      const spec = readReplayArguments(args);
      const { readAs, gapMs } = spec;
      const { input, note } = io;
      const source = await openReplaySource(spec.path, { input, note, byteText, readAs, gapMs });
      try {
        const plan = await planOf(spec, source, io);
        await serve(spec, plan, source, io, byteText, clock);
      } finally {
        await source.close();
      }
    },
  };
}

async function serve(
  spec: ReplaySpec,
  plan: FaultPlan,
  source: ReplaySource,
  io: CommandIo,
  byteText: ByteText,
  clock: Clock,
): Promise<void> {
  const { options } = spec;
  const print = (line: object) => void io.output.write(`${JSON.stringify(line)}\n`);
  const recording = createRecording(source.reader, byteText);
  const takes = await recording.takes();
  if (takes.each.length === 0) throw new Error(`"${spec.path}" has no answer that could be served.`);
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const server = createReplayServer({
    recording,
    plan,
    options,
    clock,
    onChange: () => {},
    onOver(client) {
      print({ kind: 'client', ...client });
      if (spec.once && client.state === 'done') finish();
    },
  });
  const undo = [io.onInterrupt(finish), io.output.onClosed(finish)];
  const url = `${await server.start(options.port)}${takes.path}`;
  try {
    print({ kind: 'listening', url, attempts: takes.each.length, faults: plan.faults.length });
    io.note(`Serving ${spec.path} at ${url}`);
    if (options.speed === 'step') void stepByLines(server, io, finish);
    await finished;
  } finally {
    for (const cancel of undo) cancel();
    await server.stop();
  }
}

/** Each line sends the next write; "go" lets it run. */
async function stepByLines(
  server: ReplayServer,
  { input, note }: CommandIo,
  onEnd: () => void,
): Promise<void> {
  let rest = '';
  for await (const chunk of input) {
    const lines = `${rest}${Buffer.from(chunk).toString()}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) server.control(line.trim() === 'go' ? 'let-go' : 'step', null);
  }
  note('Standard input has ended, and with it the steps.');
  onEnd();
}

async function planOf(spec: ReplaySpec, { folder }: ReplaySource, io: CommandIo): Promise<FaultPlan> {
  const beside = spec.faults === null && folder !== null ? join(folder, FAULT_FILE) : null;
  const path = spec.faults === 'none' ? null : (spec.faults ?? beside);
  const text =
    path === null ? '' : beside === path ? await readFaultFile(folder ?? '') : await readScript(path);
  const parsed = parseFaults(text);
  if (!parsed.ok) {
    const said = parsed.problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
    for (const more of said.slice(1)) io.note(more);
    throw new Error(said[0]);
  }
  const { length } = parsed.plan.faults;
  if (length > 0) io.note(`With ${length} ${length === 1 ? 'fault' : 'faults'} of ${path}.`);
  return parsed.plan;
}

async function readScript(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'There is no such file' : String(error);
    throw new Error(`The fault script "${path}" cannot be read: ${why}.`);
  });
}
