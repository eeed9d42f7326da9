/** Where the official clients of Anthropic and Google, and the AI SDK, are wrong or give up. */
import type { OracleException } from './exceptions.ts';

const chat = (...names: string[]): string[] => names.map((name) => `own/openai-chat/${name}.sse`);
const responses = (...names: string[]): string[] => names.map((name) => `own/openai-responses/${name}.sse`);
const anthropic = (...names: string[]): string[] => names.map((name) => `own/anthropic-messages/${name}.sse`);
const gemini = (...names: string[]): string[] => names.map((name) => `own/gemini/${name}.sse`);

const ANTHROPIC: readonly OracleException[] = [
  {
    client: '@anthropic-ai/sdk',
    shows: '`mcp_tool_use` with streamed input',
    does: 'leaves the input empty',
    right: 'the input that was streamed',
    differs: ['choices.0.toolCalls'],
    streams: ['llm/anthropic/mcp-tool.sse'],
  },
  {
    client: '@anthropic-ai/sdk',
    shows: 'an end without `message_stop`',
    does: 'has no message',
    right: 'complete or truncated, with what came',
    says: /without producing a Message/,
    streams: anthropic('complete-without-stop', 'truncated'),
  },
  {
    client: '@anthropic-ai/sdk',
    shows: 'an error inside the stream',
    does: 'throws the error and drops the answer',
    right: 'the answer so far, ended by the error',
    says: /authentication_error|overloaded_error/,
    streams: anthropic('error-alone', 'error'),
  },
  {
    client: '@anthropic-ai/sdk',
    shows: 'blocks without an index, input told twice',
    does: 'loses text, keeps the first input',
    right: 'a delta belongs to the open block; input that is streamed replaces what came with the start',
    differs: ['choices.0.content', 'choices.0.toolCalls'],
    streams: anthropic('proxy-oddities'),
  },
  {
    client: '@anthropic-ai/sdk',
    shows: 'a second `message_start`, as after a proxy’s retry',
    does: 'refuses: unexpected event order',
    right: 'two answers, the first truncated',
    says: /Unexpected event order/,
    streams: anthropic('retry-splice'),
  },
];

const GOOGLE: readonly OracleException[] = [
  {
    client: '@google/genai',
    shows: 'an error as JSON without any framing, or a last event without its blank line',
    does: 'refuses: incomplete JSON segment',
    right: 'ended by the error; an event that was never dispatched is none',
    says: /Incomplete JSON segment/,
    streams: [
      'llm/google/prompt-blocked.txt',
      'llm/google/error-mid-stream.txt',
      ...gemini('error-unframed'),
    ],
  },
  {
    client: '@google/genai',
    shows: 'an error inside the stream',
    does: 'throws the error and drops the answer',
    right: 'the answer so far, ended by the error',
    says: /got status: CANCELLED/,
    streams: gemini('error-alone', 'error-event'),
  },
  {
    client: '@google/genai',
    shows: 'data that is not JSON',
    does: 'throws',
    right: 'a finding, and the answer around it',
    says: /not valid JSON/,
    streams: gemini('oddities'),
  },
  {
    client: '@google/genai',
    shows: 'arguments that come as values at paths',
    does: 'hands out the pieces',
    right: 'one call with its arguments put together',
    differs: ['choices.0.toolCalls'],
    streams: gemini('partial-arguments'),
  },
  {
    client: '@google/genai',
    shows: 'two answers in one stream',
    does: 'hands out the chunks of both as one',
    right: 'two answers',
    differs: ['choices.0.content'],
    streams: gemini('two-answers'),
  },
];

const client = 'ai';

const AI: readonly OracleException[] = [
  {
    client,
    shows: 'no finish reason',
    does: 'refuses: ended without a finish reason',
    right:
      'done when `[DONE]` came, ended by the error when there was one in a frame that is no event, else truncated',
    says: /ended without a finish reason/,
    streams: [
      'llm/snowflake/thinking.sse',
      'llm-mock/openai-chat-truncated.sse',
      ...chat('error-in-a-field', 'error-unframed', 'reasoning-details-only', 'truncated'),
    ],
  },
  {
    client,
    shows: 'an error inside the stream',
    does: 'throws the error and drops the answer',
    right: 'the answer so far, ended by the error',
    says: /No such model|Provider gave up|Rate limit|overloaded|worker died|tide went out|Too many tides|current quota/,
    streams: [
      'llm/openai/responses-error.chunks.txt',
      ...chat('error-alone', 'error-beside-choices', 'error-event', 'error-object', 'error-string'),
      ...responses('error-alone', 'error-flat', 'failed'),
    ],
  },
  {
    client,
    shows: 'more than one choice',
    does: 'mixes them into one, with their words and arguments interleaved',
    right: 'a choice for each index',
    differs: ['choices', 'choices.0.content', 'choices.1.index'],
    streams: chat('content-after-finish', 'two-choices'),
  },
  {
    client,
    shows: 'more than one choice, each with a tool call',
    does: 'mixes their arguments into one call',
    right: 'a choice for each index',
    differs: ['choices', 'choices.0.toolCalls', 'choices.1.index'],
    streams: ['llm/openai/chat-n-tools-multichoice.sse'],
  },
  {
    client,
    shows: 'a refusal',
    does: 'takes it for content',
    right: 'a refusal is a text of its own',
    differs: ['choices.0.content'],
    streams: [
      'llm/openai/chat-refusal.sse',
      'llm/openai/chat-refusal-logprobs.sse',
      ...chat('logprobs', 'refusal'),
    ],
  },
  {
    client,
    shows: 'two answers in one stream',
    does: 'makes one of both',
    right: 'two answers',
    differs: ['choices.0.content'],
    streams: chat('two-answers-without-done', 'two-answers'),
  },
  {
    client,
    shows: 'a message that comes whole instead of deltas',
    does: 'has no text',
    right: 'its text is the content',
    differs: ['choices.0.content'],
    streams: [...chat('whole-message'), ...responses('whole-only')],
  },
  {
    client,
    shows: 'tools that the server runs, or the older `function_call`',
    does: 'loses the call',
    right: 'the call is there',
    differs: ['choices.0.toolCalls'],
    streams: ['llm/groq/executed-tools.sse', ...chat('executed-tools-and-times', 'function-call-legacy')],
  },
  {
    client,
    shows: 'thinking in a list of parts, as plain text',
    does: 'overlooks it',
    right: 'thinking is reasoning, in whichever form',
    differs: ['choices.0.reasoning'],
    streams: chat('content-array'),
  },
  {
    client,
    shows: 'reasoning as `reasoning_text`',
    does: 'knows summaries only',
    right: 'it is the reasoning',
    differs: ['choices.0.reasoning'],
    streams: [
      'llm/deepseek/responses-tool.sse',
      'llm/lmstudio/responses-tool.chunks.txt',
      'llm/openrouter/responses-raw-cot.sse',
    ],
  },
  {
    client,
    shows: 'data that is not JSON',
    does: 'throws',
    right: 'a finding, or the error that the text tells, and the answer around it',
    says: /JSON parsing failed/,
    streams: chat('error-as-text', 'odd-lines'),
  },
  {
    client,
    shows: 'events that lack fields which its schema demands, such as `item_id` or an index',
    does: 'refuses: type validation failed',
    right: 'what is there is enough',
    says: /Type validation failed/,
    streams: [
      ...chat('custom-tool', 'tools-without-index'),
      ...responses(
        'error-nested',
        'incomplete',
        'media-and-server-tools',
        'proxy-oddities',
        'reasoning-and-tools',
        'refusal',
        'resumed',
        'text',
        'truncated',
        'two-responses',
        'without-event-names',
      ),
    ],
  },
];

export const OTHER_EXCEPTIONS: readonly OracleException[] = [...ANTHROPIC, ...GOOGLE, ...AI];
