/**
 * OpenAI Chat Completions and everything compatible with it: `POST …/chat/completions` with `messages`.
 * https://platform.openai.com/docs/api-reference/chat/create
 */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { carryOver, sameJson } from './carry-over.ts';
import type { ChatFormat, Composition, Message, MessagePart, ToolFunction } from './composition.ts';
import { nameIn, numberOf, plainText, toolsIn, typeName, withChange, withField } from './fields.ts';
import { readContent, writeContent, type ContentWords } from './openai-content.ts';
import { shapeSeparate } from './shape.ts';

const WORDS: ContentWords = { text: 'text', image: (url) => ({ type: 'image_url', image_url: { url } }) };
const SYSTEM_ROLES = ['system', 'developer'];

export const openaiChat: ChatFormat = {
  id: 'openai-chat',
  label: 'OpenAI chat',
  roles: ['user', 'assistant', 'system', 'developer'],
  matchesPath: (path) => path.endsWith('/chat/completions'),
  matchesBody(body) {
    const messages = listOf(body['messages']).map(objectOf);
    return (
      messages.length > 0 &&
      messages.every(
        (message) =>
          message && typeof message['role'] === 'string' && ('content' in message || 'tool_calls' in message),
      )
    );
  },
  read: ({ body }) => readBody(body),
  write({ url, body }, next) {
    const was = readBody(body);
    let result = withChange(body, 'model', was.model, next.model);
    if (was.system !== next.system || !sameJson(was.messages, next.messages))
      result = { ...result, messages: writeMessages(body, next) };
    result = withChange(result, 'temperature', was.temperature, next.temperature);
    result = withChange(result, limitName(url, body), was.maxTokens, next.maxTokens);
    result = withChange(result, 'tools', was.tools, next.tools);
    result = withChange(result, 'stream', was.stream, next.stream);
    // The API refuses stream_options without a stream.
    if (!next.stream && was.stream) result = withField(result, 'stream_options', null);
    return { url, body: result };
  },
  shape: (messages) => shapeSeparate(messages, false),
  functionsOf: (tools) =>
    tools.flatMap((tool): ToolFunction[] => {
      const described = objectOf(objectOf(tool)?.['function']);
      if (!described || typeof described['name'] !== 'string') return [];
      const { name, description, parameters } = described;
      return [{ name, description: textOf(description), parameters: parameters ?? null }];
    }),
  toolsOf: (functions) =>
    functions.map(({ name, description, parameters }) => ({
      type: 'function',
      function: {
        name,
        ...(description === '' ? {} : { description }),
        ...(parameters === null ? {} : { parameters }),
      },
    })),
};

/** Newer models of OpenAI refuse `max_tokens`; most that are compatible know nothing else. */
function limitName(url: string, body: JsonObject): string {
  const names = ['max_tokens', 'max_completion_tokens'] as const;
  return url.includes('api.openai.com') ? nameIn(body, names[1], names[0]) : nameIn(body, ...names);
}

function readBody(body: JsonObject): Composition {
  const { head, rest } = splitSystem(body);
  return {
    system: head === undefined ? '' : (plainText(objectOf(head)?.['content']) ?? ''),
    messages: rest.map(readMessage),
    model: textOf(body['model']),
    temperature: numberOf(body['temperature']),
    maxTokens: numberOf(body['max_completion_tokens']) ?? numberOf(body['max_tokens']),
    tools: toolsIn(body),
    stream: body['stream'] === true,
  };
}

/** The first message is the system prompt when it is one of text. */
function splitSystem(body: JsonObject): { readonly head: unknown; readonly rest: readonly unknown[] } {
  const messages = listOf(body['messages']);
  const first = objectOf(messages[0]);
  const isSystem =
    first && SYSTEM_ROLES.includes(textOf(first['role'])) && plainText(first['content']) !== null;
  return isSystem ? { head: messages[0], rest: messages.slice(1) } : { head: undefined, rest: messages };
}

function writeMessages(body: JsonObject, next: Composition): readonly unknown[] {
  const { head, rest } = splitSystem(body);
  const messages = carryOver(rest, readMessage, next.messages, writeMessage, mayPair);
  const prompt: Message = { role: 'system', parts: [{ kind: 'text', text: next.system }] };
  if (head === undefined)
    return next.system === '' ? messages : [writeMessage(prompt, undefined), ...messages];
  const kept = objectOf(head);
  if (kept && plainText(kept['content']) === next.system) return [head, ...messages];
  return next.system === '' ? messages : [withPromptText(kept ?? {}, next.system), ...messages];
}

const isResult = ({ parts }: Message): boolean => parts.some((part) => part.kind === 'result');
/** A question is never written over a result, whose fields say other things. */
const mayPair = (before: Message, after: Message): boolean => isResult(before) === isResult(after);

function withPromptText(head: JsonObject, text: string): JsonObject {
  const last = objectOf(listOf(head['content']).at(-1));
  return { ...head, content: last ? [{ ...last, text }] : text };
}

function readMessage(value: unknown): Message {
  const message = objectOf(value) ?? {};
  const { content, tool_calls: calls } = message;
  const role = textOf(message['role']);
  const text = plainText(content);
  if (role === 'tool' && text !== null) {
    const [callId, name] = [textOf(message['tool_call_id']), textOf(message['name'])];
    return { role, parts: [{ kind: 'result', callId, name, text }] };
  }
  return { role, parts: [...readContent(content), ...listOf(calls).map(readCall)] };
}

function readCall(value: unknown): MessagePart {
  const call = objectOf(value);
  const named = objectOf(call?.['function']);
  if (typeof named?.['name'] !== 'string') return { kind: 'other', type: `call: ${typeName(value)}`, value };
  return {
    kind: 'call',
    callId: textOf(call?.['id']),
    name: named['name'],
    arguments: textOf(named['arguments']),
  };
}

const isCall = (part: MessagePart): boolean =>
  part.kind === 'call' || (part.kind === 'other' && part.type.startsWith('call: '));

function writeMessage({ role, parts }: Message, over: unknown): unknown {
  const old = objectOf(over) ?? {};
  const result = parts.find((part) => part.kind === 'result');
  if (result) {
    const { callId, name, text } = result;
    const content = plainText(old['content']) === text ? old['content'] : text;
    const named = name === '' ? old : { ...old, name };
    return { ...named, role: 'tool', tool_call_id: callId, content };
  }
  const calls = parts.filter(isCall);
  const content = writeContent(
    parts.filter((part) => !isCall(part)),
    old['content'],
    WORDS,
  );
  const said = Object.hasOwn(old, 'content') || content !== null || calls.length === 0;
  const message: JsonObject = {
    ...old,
    role,
    ...(said ? { content: content ?? (calls.length > 0 ? null : []) } : {}),
  };
  if (calls.length === 0) return withField(message, 'tool_calls', null);
  return { ...message, tool_calls: carryOver(listOf(old['tool_calls']), readCall, calls, writeCall) };
}

function writeCall(part: MessagePart, over: unknown): unknown {
  if (part.kind !== 'call') return part.kind === 'other' ? part.value : over;
  const old = objectOf(over) ?? { id: '', type: 'function' };
  const described = { ...objectOf(old['function']), name: part.name, arguments: part.arguments };
  return { ...old, id: part.callId, function: described };
}
