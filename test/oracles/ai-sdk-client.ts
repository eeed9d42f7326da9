/** The AI SDK with its providers for OpenAI and for everything compatible with it: texts, calls and reasoning of one choice. */
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { jsonSchema, streamText, tool, type LanguageModel, type ToolSet } from 'ai';
import type { Oracle, OracleAnswer, Writes } from './answer.ts';
import { cannedFetch } from './canned-fetch.ts';

const PLACE = { apiKey: 'none', baseURL: 'http://127.0.0.1' };

export const compatibleOracle: Oracle = (writes) => {
  const provider = createOpenAICompatible({
    ...PLACE,
    name: 'any',
    includeUsage: true,
    fetch: cannedFetch(writes),
  });
  return answerOf(provider.chatModel('any'), writes);
};

export const aiSdkResponsesOracle: Oracle = (writes) => {
  const provider = createOpenAI({ ...PLACE, fetch: cannedFetch(writes) });
  return answerOf(provider.responses('any'), writes);
};

async function answerOf(model: LanguageModel, writes: Writes): Promise<OracleAnswer> {
  let failure: unknown = null;
  const result = streamText({
    model,
    prompt: 'any',
    maxRetries: 0,
    tools: toolsOf(writes),
    onError: ({ error }) => void (failure ??= error),
  });
  let content = '';
  let reasoning = '';
  const toolCalls: { id: string; name: string; arguments: unknown }[] = [];
  for await (const part of result.fullStream) {
    if (part.type === 'text-delta') content += part.text;
    else if (part.type === 'reasoning-delta') reasoning += part.text;
    else if (part.type === 'tool-call' && part.providerExecuted !== true) {
      toolCalls.push({ id: part.toolCallId, name: part.toolName, arguments: part.input });
    }
  }
  if (failure !== null) throw failure instanceof Error ? failure : new Error(JSON.stringify(failure));
  return { choices: [{ index: 0, content, reasoning, toolCalls }] };
}

/** The SDK takes a call of an unknown tool for a mistake, so it is told of every name in the stream. */
function toolsOf(writes: Writes): ToolSet {
  const text = Buffer.concat([...writes]).toString('utf8');
  const names = [...text.matchAll(/"name": ?"([\w.-]+)"/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, tool({ inputSchema: jsonSchema({}) })]));
}
