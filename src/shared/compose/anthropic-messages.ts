/**
 * Anthropic Messages: `POST …/messages` with `messages` of two roles and the system prompt beside them.
 * https://docs.anthropic.com/en/api/messages
 */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { carryOver, sameJson } from './carry-over.ts';
import type { ChatFormat, Composition, Message, MessagePart, ToolFunction } from './composition.ts';
import { dataUrlParts, numberOf, objectOfText, plainText, toolsIn, typeName, withChange } from './fields.ts';
import { shapeTurns } from './shape.ts';

export const anthropicMessages: ChatFormat = {
  id: 'anthropic-messages',
  label: 'Anthropic',
  roles: ['user', 'assistant'],
  matchesPath: (path) => path.endsWith('/messages'),
  matchesBody: (body) =>
    Array.isArray(body['messages']) &&
    ('anthropic_version' in body || ('system' in body && 'max_tokens' in body)),
  read: ({ body }) => readBody(body),
  write({ url, body }, next) {
    const was = readBody(body);
    let result = withChange(body, 'model', was.model, next.model);
    result = withChange(result, 'max_tokens', was.maxTokens, next.maxTokens);
    if (was.system !== next.system)
      result = withChange(result, 'system', was.system, writeSystem(body['system'], next.system));
    if (!sameJson(was.messages, next.messages)) {
      const messages = carryOver(listOf(body['messages']), readMessage, next.messages, writeMessage);
      result = { ...result, messages };
    }
    result = withChange(result, 'temperature', was.temperature, next.temperature);
    result = withChange(result, 'tools', was.tools, next.tools);
    result = withChange(result, 'stream', was.stream, next.stream);
    return { url, body: result };
  },
  shape: shapeTurns,
  functionsOf: (tools) =>
    tools.flatMap((tool): ToolFunction[] => {
      const described = objectOf(tool);
      // Tools that the server runs have a type and no schema.
      if (typeof described?.['name'] !== 'string' || !('input_schema' in described)) return [];
      const { name, description, input_schema: parameters } = described;
      return [{ name, description: textOf(description), parameters }];
    }),
  toolsOf: (functions) =>
    functions.map(({ name, description, parameters }) => ({
      name,
      ...(description === '' ? {} : { description }),
      input_schema: parameters ?? { type: 'object', properties: {} },
    })),
};

function readBody(body: JsonObject): Composition {
  return {
    system: plainText(body['system']) ?? '',
    messages: listOf(body['messages']).map(readMessage),
    model: textOf(body['model']),
    temperature: numberOf(body['temperature']),
    maxTokens: numberOf(body['max_tokens']),
    tools: toolsIn(body),
    stream: body['stream'] === true,
  };
}

/** The mark of what may be cached stands on the last block, which is the one that is kept. */
function writeSystem(old: unknown, text: string): unknown {
  if (text === '') return null;
  const last = objectOf(listOf(old).at(-1));
  return last ? [{ ...last, text }] : text;
}

function readMessage(value: unknown): Message {
  const message = objectOf(value) ?? {};
  const { content } = message;
  const parts = typeof content === 'string' ? [textPart(content)] : listOf(content).map(readBlock);
  return { role: textOf(message['role']), parts };
}

const textPart = (text: string): MessagePart => ({ kind: 'text', text });

function readBlock(value: unknown): MessagePart {
  const block = objectOf(value) ?? {};
  const type = textOf(block['type']);
  if (type === 'text' && typeof block['text'] === 'string') return textPart(block['text']);
  if (type === 'image') {
    const { type: kind, media_type: media, data, url } = objectOf(block['source']) ?? {};
    if (kind === 'url' && typeof url === 'string') return { kind: 'image', url };
    if (kind === 'base64' && typeof data === 'string')
      return { kind: 'image', url: `data:${textOf(media)};base64,${data}` };
  }
  if (type === 'tool_use' && typeof block['name'] === 'string') {
    const text = JSON.stringify(block['input'] ?? {});
    return { kind: 'call', callId: textOf(block['id']), name: block['name'], arguments: text };
  }
  const text = block['content'] === undefined ? '' : plainText(block['content']);
  if (type === 'tool_result' && text !== null)
    return { kind: 'result', callId: textOf(block['tool_use_id']), name: '', text };
  return { kind: 'other', type: typeName(value), value };
}

function writeMessage({ role, parts }: Message, over: unknown): unknown {
  const old = objectOf(over) ?? {};
  const { content } = old;
  const [first] = parts;
  if (!Array.isArray(content) && parts.length === 1 && first?.kind === 'text')
    return { ...old, role, content: first.text };
  const blocks = Array.isArray(content) ? content : [];
  const samePart = (before: MessagePart, after: MessagePart): boolean => before.kind === after.kind;
  return { ...old, role, content: carryOver(blocks, readBlock, parts, writeBlock, samePart) };
}

function writeBlock(part: MessagePart, over: unknown): unknown {
  const old = objectOf(over) ?? {};
  switch (part.kind) {
    case 'text':
      return { type: 'text', ...old, text: part.text };
    case 'image': {
      const data = dataUrlParts(part.url);
      const source = data
        ? { type: 'base64', media_type: data.type, data: data.data }
        : { type: 'url', url: part.url };
      return { type: 'image', ...old, source };
    }
    case 'call': {
      const input = objectOfText(part.arguments, 'arguments');
      return { type: 'tool_use', ...old, id: part.callId, name: part.name, input };
    }
    case 'result':
      return { type: 'tool_result', ...old, tool_use_id: part.callId, content: part.text };
    case 'other':
      return part.value;
  }
}
