/** Every stream that an official client can be asked about: those of the project, and the recordings where they are at hand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatRecordings, recordedBytes } from '../support/chat-recordings.ts';
import { compatibleOracle, aiSdkResponsesOracle } from './ai-sdk-client.ts';
import type { Oracle } from './answer.ts';
import { anthropicOracle } from './anthropic-client.ts';
import { geminiOracle } from './gemini-client.ts';
import {
  openAiAssistantsOracle,
  openAiChatOracle,
  openAiCompletionsOracle,
  openAiResponsesOracle,
  openAiTranscriptionOracle,
} from './openai-client.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/chat');

/** By the package's name: the dialects that it reads. */
export const ORACLES = {
  openai: {
    'openai-chat': openAiChatOracle,
    'openai-responses': openAiResponsesOracle,
    'openai-completions': openAiCompletionsOracle,
    'openai-transcription': openAiTranscriptionOracle,
    'openai-assistants': openAiAssistantsOracle,
  },
  '@anthropic-ai/sdk': { 'anthropic-messages': anthropicOracle },
  '@google/genai': { gemini: geminiOracle },
  ai: { 'openai-chat': compatibleOracle, 'openai-responses': aiSdkResponsesOracle },
} satisfies Readonly<Record<string, Readonly<Record<string, Oracle>>>>;

export type ClientName = keyof typeof ORACLES;

export interface OracleStream {
  /** "own/…" in the project's fixtures; else below the folder of recordings. */
  readonly name: string;
  readonly dialect: string;
  readonly bytes: () => Uint8Array<ArrayBuffer>;
}

export interface OracleCase extends OracleStream {
  readonly client: ClientName;
  readonly oracle: Oracle;
}

const MADE = [
  { file: 'llm-mock/openai-chat-reasoning.sse', dialect: 'openai-chat' },
  { file: 'llm-mock/openai-chat-truncated.sse', dialect: 'openai-chat' },
  { file: 'llm-mock/anthropic.sse', dialect: 'anthropic-messages' },
];

export function ownStreams(): OracleStream[] {
  return readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: dialect }) =>
      readdirSync(join(FIXTURES, dialect))
        .filter((file) => file.endsWith('.sse'))
        .map((file) => ({
          name: `own/${dialect}/${file}`,
          dialect,
          bytes: () => new Uint8Array(readFileSync(join(FIXTURES, dialect, file))),
        })),
    );
}

export function recordedStreams(): OracleStream[] {
  const recorded = chatRecordings();
  return (recorded.length === 0 ? [] : [...recorded, ...MADE]).map(({ file, dialect }) => ({
    name: file,
    dialect,
    bytes: () => recordedBytes(file),
  }));
}

export function oracleCases(streams: readonly OracleStream[]): OracleCase[] {
  return streams.flatMap((stream) =>
    (Object.keys(ORACLES) as ClientName[]).flatMap((client) => {
      const dialects: Readonly<Record<string, Oracle>> = ORACLES[client];
      const oracle = dialects[stream.dialect];
      return oracle ? [{ ...stream, client, oracle }] : [];
    }),
  );
}
