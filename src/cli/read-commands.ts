/** The commands that read what was captured before: `decode` and `rebuild`. */
import { JSON_PATH } from '../shared/chat/json-path-dialect.ts';
import { createDialects } from '../shared/chat/registry.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { onlyPositional, readArguments } from './arguments.ts';
import { createBatch } from './batch.ts';
import type { Command } from './command.ts';
import { foldOfDialect } from './dialect-argument.ts';
import { decodeSession, decodeStream } from './decode.ts';
import { rebuildBytes, rebuildOutput, rebuildSession } from './rebuild.ts';
import type { OperandDeclaration, OptionTable } from './declaration.ts';
import { framedChunks, readFraming, READ_AS_OPTION } from './read-as.ts';
import { withSource } from './source.ts';

export const SOURCE_OPERAND: OperandDeclaration = {
  name: 'FILE|DIR|-',
  completes: 'file',
  help: 'A file of wire bytes, such as an .sse export; the folder of a recorded session, or the id of one that the app keeps (latest for the newest); - for wire bytes from standard input.',
};

export function decodeCommand(byteText: ByteText): Command {
  return {
    name: 'decode',
    summary: 'Print what a stream says, one JSON value a line.',
    operands: [SOURCE_OPERAND],
    options: READ_AS_OPTION,
    about: `Prints events, comments, reconnection times, findings and an unfinished tail,
one JSON value a line:
  {"kind":"event","seq","type","data","lastEventId","offset","length"}
  {"kind":"comment","text"}
  {"kind":"retry","ms"}
  {"kind":"diagnostic","code","message","offset"}
  {"kind":"incomplete","offset","length"}`,
    async run(args, { output, input }) {
      const { values, positionals } = readArguments(args, READ_AS_OPTION);
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
  ...READ_AS_OPTION,
  dialect: {
    type: 'string',
    value: 'ID',
    values: [
      ...createDialects()
        .all()
        .map(({ id }) => id),
      JSON_PATH,
    ],
    help: 'Read answers as this dialect, whatever they look like.',
  },
  path: {
    type: 'string',
    value: 'P',
    help: 'Read plain JSON, whose text is at P, such as choices[0].text.',
  },
  markdown: { type: 'boolean', help: 'Print a document for people instead.' },
} as const satisfies OptionTable;

export function rebuildCommand(byteText: ByteText): Command {
  return {
    name: 'rebuild',
    summary: 'Print the completions and exchanges in a stream as one JSON array.',
    operands: [SOURCE_OPERAND],
    options: REBUILD_OPTIONS,
    about: `Prints one JSON array of the completions that a stream of a chat API holds:
  [{"dialect","id","model","choices":[{"index","role","content","reasoning",
    "refusal","toolCalls":[{"id","type","name","arguments"}],"finishReason"}],
    "usage","end","error","diagnostics"}]
and of the exchanges of MCP, A2A, AG-UI and GraphQL over SSE:
  [{"protocol","label","facts","requests","notices","tasks","runs","state",
    "end","diagnostics"}]`,
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
