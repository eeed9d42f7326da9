#!/usr/bin/env node
/** The entry of the command line program: wiring only. It is built as one CommonJS file beside the app. */
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isatty, WriteStream } from 'node:tty';
import { createNodeByteText } from '../main/capture/node-byte-text.ts';
import type { Terminal } from './command.ts';
import { createCommands } from './commands.ts';
import { createOutput } from './output.ts';
import { runProgram } from './program.ts';

const byteText = createNodeByteText();
// By number: process.stdout and process.stderr would make the descriptors non-blocking, also for whoever shares them.
const STDOUT = 1;
const STDERR = 2;
const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };

/** Of the package that this file is in, two folders below it. */
function version(): string {
  const text = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Asked of the descriptor: process.stdout is not touched. */
function terminalOf(descriptor: number): Terminal | null {
  if (!isatty(descriptor)) return null;
  const { NO_COLOR, TERM, COLUMNS } = process.env;
  const screen = new WriteStream(descriptor);
  return {
    colour: (NO_COLOR ?? '') === '' && TERM !== 'dumb',
    get columns() {
      return screen.columns || Number(COLUMNS) || 80;
    },
  };
}

/** npm hands on an interrupt that the terminal has sent already, so a second one this soon is the same one. */
const SAME_INTERRUPT_MS = 1000;

/** The first interrupt asks for a proper end; a later one does not wait for it. */
function onInterrupt(listener: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  let firstMs: number | null = null;
  const interrupted = () => {
    if (firstMs === null) {
      firstMs = clock.nowMs();
      listener();
    } else if (clock.nowMs() - firstMs > SAME_INTERRUPT_MS) {
      process.exit(130);
    }
  };
  for (const signal of signals) process.on(signal, interrupted);
  return () => {
    for (const signal of signals) process.off(signal, interrupted);
  };
}

function complain(text: string): void {
  try {
    writeSync(STDERR, text);
  } catch {
    // Nobody is there to be told; the exit code says it as well.
  }
}

const io = {
  output: createOutput(STDOUT),
  get input() {
    return process.stdin;
  },
  terminal: terminalOf(STDOUT),
  onInterrupt,
  note: (text: string) => complain(`streamscope: ${text}\n`),
};
const own = version();
const commands = createCommands({ byteText, clock, version: own });

void runProgram(process.argv.slice(2), { version: own, commands, io, complain }).then((code) => {
  process.exitCode = code;
});
