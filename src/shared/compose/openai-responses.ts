/**
 * OpenAI Responses: `POST …/responses` with `input`, a text or items.
 * https://platform.openai.com/docs/api-reference/responses/create
 */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { carryOver, sameJson } from './carry-over.ts';
import type { ChatFormat, Composition, Message, ToolFunction } from './composition.ts';
import { numberOf, plainText, toolsIn, typeName, withChange } from './fields.ts';
import { readContent, writeContent, type ContentWords } from './openai-content.ts';
import { shapeSeparate } from './shape.ts';

const image = (url: string): object => ({ type: 'input_image', image_url: url });
const ASKED: ContentWords = { text: 'input_text', image };
const ANSWERED: ContentWords = { text: 'output_text', image };

export const openaiResponses: ChatFormat = {
  id: 'openai-responses',
  label: 'OpenAI Responses',
  roles: ['user', 'assistant', 'system', 'developer'],
  matchesPath: (path) => path.endsWith('/responses'),
  matchesBody(body) {
    const { input } = body;
    if (typeof input === 'string') return 'model' in body && ('instructions' in body || 'stream' in body);
    const items = listOf(input).map(objectOf);
    return items.length > 0 && items.every((item) => item && ('role' in item || 'type' in item));
  },
  read: ({ body }) => readBody(body),
  write({ url, body }, next) {
    const was = readBody(body);
    let result = withChange(body, 'model', was.model, next.model);
    result = withChange(result, 'instructions', was.system, next.system === '' ? null : next.system);
    if (!sameJson(was.messages, next.messages))
      result = { ...result, input: writeInput(body, next.messages) };
    result = withChange(result, 'temperature', was.temperature, next.temperature);
    result = withChange(result, 'max_output_tokens', was.maxTokens, next.maxTokens);
    result = withChange(result, 'tools', was.tools, next.tools);
    result = withChange(result, 'stream', was.stream, next.stream);
    return { url, body: result };
  },
  shape: (messages) => shapeSeparate(messages, true),
  functionsOf: (tools) =>
    tools.flatMap((tool): ToolFunction[] => {
      const described = objectOf(tool);
      if (described?.['type'] !== 'function' || typeof described['name'] !== 'string') return [];
      const { name, description, parameters } = described;
      return [{ name, description: textOf(description), parameters: parameters ?? null }];
    }),
  toolsOf: (functions) =>
    functions.map(({ name, description, parameters }) => ({
      type: 'function',
      name,
      ...(description === '' ? {} : { description }),
      // Responses makes functions strict unless told otherwise, which most schemas are not written for.
      strict: false,
      parameters: parameters ?? { type: 'object', properties: {} },
    })),
};

function readBody(body: JsonObject): Composition {
  return {
    system: textOf(body['instructions']),
    messages: readInput(body['input']),
    model: textOf(body['model']),
    temperature: numberOf(body['temperature']),
    maxTokens: numberOf(body['max_output_tokens']),
    tools: toolsIn(body),
    stream: body['stream'] === true,
  };
}

function readInput(input: unknown): readonly Message[] {
  if (typeof input === 'string') return [{ role: 'user', parts: [{ kind: 'text', text: input }] }];
  return listOf(input).map(readItem);
}

function writeInput(body: JsonObject, messages: readonly Message[]): unknown {
  const { input } = body;
  const [only] = messages;
  const [part] = only?.parts ?? [];
  const plain = messages.length === 1 && only?.role === 'user' && only.parts.length === 1;
  if (typeof input === 'string' && plain && part?.kind === 'text') return part.text;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : listOf(input);
  return carryOver(items, readItem, messages, writeItem);
}

function readItem(value: unknown): Message {
  const item = objectOf(value) ?? {};
  const type = textOf(item['type']);
  const callId = textOf(item['call_id']);
  if (type === 'function_call' && typeof item['name'] === 'string') {
    const call = { callId, name: item['name'], arguments: textOf(item['arguments']) };
    return { role: 'assistant', parts: [{ kind: 'call', ...call }] };
  }
  const output = plainText(item['output']);
  if (type === 'function_call_output' && output !== null)
    return { role: 'tool', parts: [{ kind: 'result', callId, name: '', text: output }] };
  if (typeof item['role'] === 'string' && (type === '' || type === 'message'))
    return { role: item['role'], parts: readContent(item['content']) };
  return { role: '', parts: [{ kind: 'other', type: typeName(value), value }] };
}

function writeItem({ role, parts }: Message, over: unknown): unknown {
  const [first] = parts;
  const old = objectOf(over);
  if (first?.kind === 'call') {
    const kept = old?.['type'] === 'function_call' ? old : { type: 'function_call' };
    return { ...kept, call_id: first.callId, name: first.name, arguments: first.arguments };
  }
  if (first?.kind === 'result') {
    const kept = old?.['type'] === 'function_call_output' ? old : { type: 'function_call_output' };
    return { ...kept, call_id: first.callId, output: first.text };
  }
  if (first?.kind === 'other' && role === '') return first.value;
  const kept = old && 'role' in old ? old : {};
  const words = role === 'assistant' ? ANSWERED : ASKED;
  return { ...kept, role, content: writeContent(parts, kept['content' as never], words) ?? [] };
}
