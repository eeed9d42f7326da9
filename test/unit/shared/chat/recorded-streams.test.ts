/**
 * Recorded streams of real providers against the official clients. The recordings are not part of the project; where they are
 * not there, this is skipped. Where a client is wrong or gives up, docs/dialects.md says why, and what is right is said here.
 */
import { describe, expect, it } from 'vitest';
import type { RebuiltCompletion, RebuiltToolCall } from '../../../../src/shared/chat/rebuilt.ts';
import { chatRecordings, rebuiltOf, recordedBytes } from '../../../support/chat-recordings.ts';
import {
  askAnthropic,
  askOpenAi,
  askOpenAiResponses,
  type OracleAnswer,
  type OracleChoice,
} from '../../../support/official-clients.ts';

const ORACLES: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => Promise<OracleAnswer>>> = {
  'openai-chat': askOpenAi,
  'anthropic-messages': askAnthropic,
  'openai-responses': askOpenAiResponses,
};
const recorded = chatRecordings().filter(({ dialect }) => dialect in ORACLES);
const made = [
  { file: 'llm-mock/openai-chat-reasoning.sse', dialect: 'openai-chat' },
  { file: 'llm-mock/openai-chat-truncated.sse', dialect: 'openai-chat' },
  { file: 'llm-mock/anthropic.sse', dialect: 'anthropic-messages' },
];
const recordings = recorded.length === 0 ? [] : [...recorded, ...made];

/** Recordings that the official client refuses: what it says, and what is right. Texts are held against a plain join. */
const REFUSED: Readonly<Record<string, { readonly says: RegExp; readonly right: object }>> = {
  'llm/snowflake/thinking.sse': {
    says: /missing finish_reason/,
    right: {
      end: 'done',
      choices: [{ reasoning: expect.stringMatching(/405$/) as unknown, finishReason: null }],
    },
  },
  'llm/azure/chat-async-filter-no-delta.sse': {
    says: /missing role/,
    right: { end: 'done', choices: [{ role: 'assistant', finishReason: 'stop' }] },
  },
  'llm/groq/executed-tools.sse': {
    says: /missing role/,
    right: { end: 'done', choices: [{ role: 'assistant', finishReason: 'stop' }] },
  },
  'llm/openai/responses-error.chunks.txt': {
    says: /exceeded your current quota/,
    right: { end: 'error', error: { code: 'insufficient_quota' }, diagnostics: [] },
  },
  'llm-mock/openai-chat-truncated.sse': {
    says: /missing finish_reason/,
    right: { end: 'truncated', choices: [{ finishReason: null }] },
  },
};

/** Recordings that the official client reads wrongly: its answer, put right. */
const MISREAD: Readonly<Record<string, (oracle: OracleAnswer) => OracleAnswer>> = {
  'llm/anthropic/mcp-tool.sse': (oracle) =>
    withChoice(oracle, {
      toolCalls: [
        {
          id: oracle.choices[0]?.toolCalls[0]?.id ?? '',
          name: 'ask_question',
          arguments: {
            repoName: expect.stringContaining('/') as unknown,
            question: expect.stringMatching(/\?$/) as unknown,
          },
        },
      ],
    }),
  'llm/openai/chat-moderation-chunk.sse': (oracle) => ({
    ...oracle,
    usage: expect.objectContaining({ prompt_tokens: 13, completion_tokens: 11, total_tokens: 24 }) as unknown,
  }),
  'llm/mistral/tool-no-index.sse': (oracle) =>
    withChoice(oracle, {
      toolCalls: [{ id: 'EscTeQY62', name: 'get_weather', arguments: { city: 'San Francisco' } }],
    }),
  'llm/mistral/thinking-content-array.sse': (oracle) => withChoice(oracle, { content: '144' }),
};

function withChoice(oracle: OracleAnswer, choice: Partial<OracleChoice>): OracleAnswer {
  return { ...oracle, choices: oracle.choices.map((other) => ({ ...other, ...choice })) };
}

interface Chunk {
  readonly choices?: readonly {
    readonly index?: number;
    readonly delta?: { readonly content?: unknown; readonly reasoning?: unknown };
  }[];
}

/** The most naive way to rebuild a chat answer's text: every string under `delta.content`, one after another. */
function plainJoin(bytes: Uint8Array, index: number): string {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const chunks = lines.flatMap((line) => {
    const data = /^data: ?(\{.*)$/.exec(line)?.[1];
    return data === undefined ? [] : [JSON.parse(data) as Chunk];
  });
  return chunks
    .flatMap((chunk) => chunk.choices ?? [])
    .filter((choice) => (choice.index ?? 0) === index)
    .map(({ delta }) => (typeof delta?.content === 'string' ? delta.content : ''))
    .join('');
}

/** What the oracle can be held against, in the oracle's shape. */
function comparable(rebuilt: RebuiltCompletion, oracle: OracleAnswer): OracleAnswer {
  return {
    id: rebuilt.id ?? '',
    model: rebuilt.model ?? '',
    usage: rebuilt.usage,
    choices: rebuilt.choices.map((choice, at) => ({
      index: choice.index,
      content: choice.content,
      ...(oracle.choices[at]?.reasoning === undefined ? {} : { reasoning: choice.reasoning }),
      refusal: choice.refusal,
      toolCalls: choice.toolCalls.filter(isTold).map((call) => ({
        id: call.id ?? '',
        name: call.name,
        arguments: JSON.parse(call.arguments) as unknown,
      })),
      finishReason: choice.finishReason,
    })),
  };
}

/** Of a response, the oracle tells the calls of functions; those of the server's own tools have other shapes. */
function isTold({ type }: RebuiltToolCall): boolean {
  return type === 'function_call' || !type.endsWith('_call');
}

describe.skipIf(recordings.length === 0)('recorded streams', () => {
  it.each(recordings)('$file is rebuilt as the official client does', async ({ file, dialect }) => {
    const bytes = recordedBytes(file);
    const rebuilt = rebuiltOf(bytes);
    expect(rebuilt.map((completion) => completion.dialect)).toEqual([dialect]);
    const [completion] = rebuilt;
    if (!completion) return;
    const answer = ORACLES[dialect]?.(bytes) as Promise<OracleAnswer>;
    const refused = REFUSED[file];
    if (refused) {
      await expect(answer).rejects.toThrow(refused.says);
      expect(completion).toMatchObject(refused.right);
      return;
    }
    const oracle = await answer;
    expect(comparable(completion, oracle)).toEqual(MISREAD[file]?.(oracle) ?? oracle);
  });

  it.each(recordings.filter(({ dialect }) => dialect === 'openai-chat'))(
    '$file has the text that a plain join gives',
    ({ file }) => {
      const bytes = recordedBytes(file);
      for (const { index, content } of rebuiltOf(bytes)[0]?.choices ?? []) {
        const isArrays = file === 'llm/mistral/thinking-content-array.sse';
        expect(content).toBe(isArrays ? `1${plainJoin(bytes, index)}` : plainJoin(bytes, index));
      }
    },
  );
});
