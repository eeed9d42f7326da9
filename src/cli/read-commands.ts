/** The commands that read what was captured before: `decode` and `rebuild`. */
import type { ByteText } from '../shared/sse/byte-text.ts';
import { onlyPositional, readArguments } from './arguments.ts';
import { createBatch } from './batch.ts';
import type { Command } from './command.ts';
import { foldOfDialect } from './dialect-argument.ts';
import { decodeSession, decodeStream } from './decode.ts';
import { rebuildBytes, rebuildOutput, rebuildSession } from './rebuild.ts';
import { framedChunks, readFraming, READ_AS_HELP } from './read-as.ts';
import { withSource } from './source.ts';

const SOURCES = `  FILE   a file of wire bytes, such as an .sse export
  DIR    the folder of a recorded session
  -      wire bytes from standard input

${READ_AS_HELP}`;

const OPTIONS = { 'read-as': { type: 'string' } } as const;

export function decodeCommand(byteText: ByteText): Command {
  return {
    name: 'decode',
    summary: 'Print what a stream says, one JSON value a line.',
    help: `Usage: streamscope decode [--read-as FORM] FILE|DIR|-

Prints events, comments, reconnection times, findings and an unfinished tail,
one JSON value a line:
  {"kind":"event","seq","type","data","lastEventId","offset","length"}
  {"kind":"comment","text"}
  {"kind":"retry","ms"}
  {"kind":"diagnostic","code","message","offset"}
  {"kind":"incomplete","offset","length"}

${SOURCES}
`,
    async run(args, { output, input }) {
      const { values, positionals } = readArguments(args, OPTIONS);
      const path = onlyPositional(positionals, 'FILE, DIR or -');
      const asked = readFraming(values['read-as']);
      const batch = createBatch(output);
      await withSource(path, input, byteText, {
        onBytes: async (source) => {
          const { framing, chunks } = await framedChunks(asked, path, source);
          await decodeStream(batch.endedBetween(chunks), batch.write, byteText, framing);
        },
        onSession: (reader) => decodeSession(reader, batch.write, byteText),
      });
      await batch.flush();
    },
  };
}

const REBUILD_OPTIONS = {
  ...OPTIONS,
  dialect: { type: 'string' },
  path: { type: 'string' },
  markdown: { type: 'boolean' },
} as const;

export function rebuildCommand(byteText: ByteText): Command {
  return {
    name: 'rebuild',
    summary: 'Print the completions and exchanges in a stream as one JSON array.',
    help: `Usage: streamscope rebuild [--read-as FORM] [--dialect ID] [--path P]
                           [--markdown] FILE|DIR|-

Prints one JSON array of the completions that a stream of a chat API holds:
  [{"dialect","id","model","choices":[{"index","role","content","reasoning",
    "refusal","toolCalls":[{"id","type","name","arguments"}],"finishReason"}],
    "usage","end","error","diagnostics"}]
and of the exchanges of MCP, A2A, AG-UI and GraphQL over SSE:
  [{"protocol","label","facts","requests","notices","tasks","runs","state",
    "end","diagnostics"}]
With --markdown it prints a document for people instead.

  --dialect ID  read answers as this dialect, whatever they look like
  --path P      read plain JSON, whose text is at P, such as choices[0].text

${SOURCES}
`,
    async run(args, { output, input }) {
      const { positionals, values } = readArguments(args, REBUILD_OPTIONS);
      const path = onlyPositional(positionals, 'FILE, DIR or -');
      const asked = readFraming(values['read-as']);
      const chat = foldOfDialect(values.dialect, values.path);
      const form = values.markdown === true ? 'markdown' : 'json';
      await withSource(path, input, byteText, {
        onBytes: async (source) => {
          const { framing, chunks } = await framedChunks(asked, path, source);
          await output.write(rebuildOutput(await rebuildBytes(chunks, byteText, framing, chat), form));
        },
        onSession: async (reader) =>
          output.write(rebuildOutput(await rebuildSession(reader, byteText, chat), form)),
      });
    },
  };
}
