/** The official client of Anthropic. */
import Anthropic from '@anthropic-ai/sdk';
import type { Oracle } from './answer.ts';
import { cannedFetch } from './canned-fetch.ts';

export const anthropicOracle: Oracle = async (writes) => {
  const fetch = cannedFetch(writes);
  const client = new Anthropic({
    apiKey: 'none',
    baseURL: 'http://127.0.0.1',
    maxRetries: 0,
    logLevel: 'off',
    fetch,
  });
  const answer = await client.messages.stream({ model: 'any', messages: [], max_tokens: 1 }).finalMessage();
  return {
    id: answer.id,
    model: answer.model,
    usage: answer.usage,
    choices: [
      {
        index: 0,
        role: answer.role,
        content: answer.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        reasoning: answer.content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
        toolCalls: answer.content.flatMap((block) =>
          'input' in block && 'id' in block
            ? [{ id: block.id, name: block.name, arguments: block.input }]
            : [],
        ),
        finishReason: answer.stop_reason,
      },
    ],
  };
};
