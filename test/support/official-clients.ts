/** The providers' own clients, fed recorded bytes instead of a network: oracles for rebuilt completions. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

/** What can be compared; what a client does not tell is left out. */
export interface OracleChoice {
  readonly index: number;
  readonly content: string;
  readonly reasoning?: string;
  readonly refusal: string;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
  readonly finishReason: string | null;
}

export interface OracleAnswer {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly OracleChoice[];
  readonly usage: unknown;
}

function fetchOf(bytes: Uint8Array<ArrayBuffer>): () => Promise<Response> {
  return async () => new Response(bytes, { headers: { 'content-type': 'text/event-stream' } });
}

/** Rejects where the client does. */
export async function askOpenAi(bytes: Uint8Array<ArrayBuffer>): Promise<OracleAnswer> {
  const client = new OpenAI({
    apiKey: 'none',
    baseURL: 'http://127.0.0.1',
    maxRetries: 0,
    fetch: fetchOf(bytes),
  });
  const stream = client.chat.completions.stream({ model: 'any', messages: [], stream: true });
  const answer = await stream.finalChatCompletion();
  return {
    id: answer.id,
    model: answer.model,
    usage: answer.usage ?? null,
    choices: answer.choices.map(({ index, message, finish_reason: finishReason }) => ({
      index,
      content: message.content ?? '',
      refusal: message.refusal ?? '',
      toolCalls: (message.tool_calls ?? []).map((call) => ({
        id: call.id,
        name: call.function.name,
        arguments: JSON.parse(call.function.arguments) as unknown,
      })),
      finishReason,
    })),
  };
}

/** Rejects where the client does. A response is one choice; only calls of the caller's own functions are told. */
export async function askOpenAiResponses(bytes: Uint8Array<ArrayBuffer>): Promise<OracleAnswer> {
  const client = new OpenAI({
    apiKey: 'none',
    baseURL: 'http://127.0.0.1',
    maxRetries: 0,
    fetch: fetchOf(bytes),
  });
  const answer = await client.responses.stream({ model: 'any', input: [] }).finalResponse();
  const parts = answer.output.flatMap((item) => (item.type === 'message' ? item.content : []));
  return {
    id: answer.id,
    model: answer.model,
    usage: answer.usage ?? null,
    choices: [
      {
        index: 0,
        content: parts.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
        reasoning: answer.output.map((item) => (item.type === 'reasoning' ? reasoningOf(item) : '')).join(''),
        refusal: parts.map((part) => (part.type === 'refusal' ? part.refusal : '')).join(''),
        toolCalls: answer.output.flatMap((item) =>
          item.type === 'function_call'
            ? [{ id: item.call_id, name: item.name, arguments: JSON.parse(item.arguments) as unknown }]
            : [],
        ),
        finishReason: answer.incomplete_details?.reason ?? answer.status ?? null,
      },
    ],
  };
}

/** The reasoning itself where the server tells it, else its summary. */
function reasoningOf({ content = [], summary }: OpenAI.Responses.ResponseReasoningItem): string {
  return (content.length > 0 ? content : summary).map((part) => part.text).join('');
}

/** Rejects where the client does. */
export async function askAnthropic(bytes: Uint8Array<ArrayBuffer>): Promise<OracleAnswer> {
  const client = new Anthropic({
    apiKey: 'none',
    baseURL: 'http://127.0.0.1',
    maxRetries: 0,
    fetch: fetchOf(bytes),
  });
  const answer = await client.messages.stream({ model: 'any', messages: [], max_tokens: 1 }).finalMessage();
  const toolCalls = answer.content.flatMap((block) =>
    'input' in block && 'id' in block ? [{ id: block.id, name: block.name, arguments: block.input }] : [],
  );
  return {
    id: answer.id,
    model: answer.model,
    usage: answer.usage,
    choices: [
      {
        index: 0,
        content: answer.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        reasoning: answer.content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
        refusal: '',
        toolCalls,
        finishReason: answer.stop_reason,
      },
    ],
  };
}
