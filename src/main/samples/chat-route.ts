/**
 * A chat completion in the format of OpenAI's API: streamed in chunks with the uneven timing of a model, or whole. The role
 * comes first, the choices take turns, tools that were offered are called, usage comes last when it was asked for, and a
 * stream ends with `[DONE]`.
 */
import { answerText, argumentsFor, tokensOf } from './chat-answer.ts';
import { parseChatRequest, type ChatRequest } from './chat-request.ts';
import {
  jsonAnswer,
  STREAM_HEADERS,
  type SampleCall,
  type SamplePace,
  type SampleRoute,
} from './sample-route.ts';

interface ToolCallAnswer {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** One choice, worked out before it is told. */
interface ChoiceAnswer {
  readonly text: string | null;
  readonly calls: readonly ToolCallAnswer[];
  /** What the stream says, in order. */
  readonly deltas: readonly object[];
  readonly tokens: number;
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
}

export function createChatRoute(pace: SamplePace): SampleRoute {
  const identifier = (prefix: string): string => {
    const letters = Array.from({ length: 24 }, () => Math.floor(pace.random() * 36).toString(36));
    return `${prefix}${letters.join('')}`;
  };

  async function* stream(call: SampleCall, request: ChatRequest): AsyncGenerator<string, void, void> {
    const choices = choicesFor(request, identifier);
    const head = {
      id: identifier('chatcmpl-'),
      object: 'chat.completion.chunk',
      created: Math.floor(pace.epochMs() / 1000),
      model: request.model,
      service_tier: 'default',
      system_fingerprint: 'fp_streamscope',
    };
    const chunk = (fields: object): string =>
      `data: ${JSON.stringify({ ...head, ...fields, ...(request.includeUsage ? { usage: null } : {}) })}\n\n`;
    const delta = (index: number, change: object, finishReason: string | null = null): string =>
      chunk({ choices: [{ index, delta: change, logprobs: null, finish_reason: finishReason }] });

    // A model reads before it writes.
    await call.sleep(250 + pace.random() * 350);
    for (const [index, { text }] of choices.entries()) {
      yield delta(index, { role: 'assistant', content: text === null ? null : '', refusal: null });
    }
    const longest = Math.max(...choices.map((choice) => choice.deltas.length));
    for (let step = 0; step <= longest; step += 1) {
      await call.sleep(gapMs(pace.random(), pace.random()));
      for (const [index, { deltas, finishReason }] of choices.entries()) {
        const change = deltas[step];
        if (change) yield delta(index, change);
        else if (step === deltas.length) yield delta(index, {}, finishReason);
      }
    }
    if (request.includeUsage) {
      yield `data: ${JSON.stringify({ ...head, choices: [], usage: usageOf(request, choices) })}\n\n`;
    }
    yield 'data: [DONE]\n\n';
  }

  function whole(request: ChatRequest): object {
    const choices = choicesFor(request, identifier);
    return {
      id: identifier('chatcmpl-'),
      object: 'chat.completion',
      created: Math.floor(pace.epochMs() / 1000),
      model: request.model,
      choices: choices.map(({ text, calls, finishReason }, index) => ({
        index,
        message: {
          role: 'assistant',
          content: text,
          refusal: null,
          ...(calls.length > 0 ? { tool_calls: calls.map(toolCall) } : {}),
        },
        logprobs: null,
        finish_reason: finishReason,
      })),
      usage: usageOf(request, choices),
      service_tier: 'default',
      system_fingerprint: 'fp_streamscope',
    };
  }

  return {
    path: '/v1/chat/completions',
    methods: ['POST'],
    answer(call) {
      const request = parseChatRequest(call.body);
      if ('fault' in request) {
        const { fault: message, param } = request;
        return jsonAnswer(400, { error: { message, type: 'invalid_request_error', param, code: null } });
      }
      if (!request.stream) return jsonAnswer(200, whole(request));
      return { status: 200, headers: STREAM_HEADERS, body: stream(call, request) };
    },
  };
}

/** Mostly short, at times a pause: a model's tokens come in runs. */
function gapMs(chance: number, length: number): number {
  if (chance < 0.03) return 180 + length * 260;
  if (chance < 0.25) return 2 + length * 6;
  return 12 + length * 38;
}

function choicesFor(request: ChatRequest, identifier: (prefix: string) => string): ChoiceAnswer[] {
  return Array.from({ length: request.choices }, (_, index) =>
    request.tools.length > 0 ? callingChoice(request, identifier) : textChoice(request, index),
  );
}

function textChoice({ question, maxTokens }: ChatRequest, index: number): ChoiceAnswer {
  const all = tokensOf(answerText(question, index));
  const tokens = all.slice(0, maxTokens);
  return {
    text: tokens.join(''),
    calls: [],
    deltas: tokens.map((content) => ({ content })),
    tokens: tokens.length,
    finishReason: tokens.length < all.length ? 'length' : 'stop',
  };
}

function callingChoice({ tools }: ChatRequest, identifier: (prefix: string) => string): ChoiceAnswer {
  const calls = tools.map((tool) => ({
    id: identifier('call_'),
    name: tool.name,
    arguments: argumentsFor(tool),
  }));
  const deltas = calls.flatMap((one, index) => [
    { tool_calls: [{ index, ...toolCall({ ...one, arguments: '' }) }] },
    ...tokensOf(one.arguments).map((piece) => ({
      tool_calls: [{ index, function: { arguments: piece } }],
    })),
  ]);
  return { text: null, calls, deltas, tokens: deltas.length, finishReason: 'tool_calls' };
}

function toolCall({ id, name, arguments: text }: ToolCallAnswer): object {
  return { id, type: 'function', function: { name, arguments: text } };
}

/** Four characters are about a token. */
function usageOf(request: ChatRequest, choices: readonly ChoiceAnswer[]): object {
  const prompt = Math.ceil(request.promptLength / 4);
  const completion = choices.reduce((sum, choice) => sum + choice.tokens, 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}
