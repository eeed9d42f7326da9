/**
 * Gemini: `POST …/models/<model>:streamGenerateContent` with `contents`. The model and whether it streams stand in the address.
 * https://ai.google.dev/api/generate-content
 */
import { listOf, objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import { carryOver, sameJson } from './carry-over.ts';
import type {
  ChatFormat,
  ChatRequest,
  Composition,
  Message,
  MessagePart,
  ToolFunction,
} from './composition.ts';
import { nameIn, numberOf, plainText, toolsIn, withChange, withField } from './fields.ts';
import { readGeminiPart, writeGeminiPart } from './gemini-parts.ts';
import { shapeTurns } from './shape.ts';

const ADDRESS = /(\/models\/)([^/:?#]+):(streamGenerateContent|generateContent)/;

export const gemini: ChatFormat = {
  id: 'gemini',
  label: 'Gemini',
  roles: ['user', 'assistant'],
  matchesPath: (path) => ADDRESS.test(path),
  matchesBody(body) {
    const contents = listOf(body['contents']).map(objectOf);
    return contents.length > 0 && contents.every((content) => content && Array.isArray(content['parts']));
  },
  read: readRequest,
  write(request, next) {
    const { url, body } = request;
    const was = readRequest(request);
    const systemName = nameIn(body, 'systemInstruction', 'system_instruction');
    let result = body;
    if (was.system !== next.system)
      result = withField(result, systemName, writeSystem(body[systemName], next.system));
    if (!sameJson(was.messages, next.messages)) {
      const contents = carryOver(listOf(body['contents']), readMessage, next.messages, writeMessage);
      result = { ...result, contents };
    }
    const configName = nameIn(body, 'generationConfig', 'generation_config');
    const config = objectOf(body[configName]) ?? {};
    const limitName = nameIn(config, 'maxOutputTokens', 'max_output_tokens');
    let changed = withChange(config, 'temperature', was.temperature, next.temperature);
    changed = withChange(changed, limitName, was.maxTokens, next.maxTokens);
    if (changed !== config) result = withField(result, configName, changed);
    result = withChange(result, 'tools', was.tools, next.tools);
    return { url: writeAddress(url, was, next), body: result };
  },
  shape: shapeTurns,
  functionsOf: (tools) =>
    tools.flatMap((tool) => {
      const fields = objectOf(tool) ?? {};
      return listOf(fields['functionDeclarations'] ?? fields['function_declarations']).flatMap(
        (value): ToolFunction[] => {
          const described = objectOf(value);
          if (typeof described?.['name'] !== 'string') return [];
          const { name, description, parameters, parametersJsonSchema } = described;
          return [
            {
              name,
              description: textOf(description),
              parameters: parametersJsonSchema ?? parameters ?? null,
            },
          ];
        },
      );
    }),
  toolsOf: (functions) => [
    {
      functionDeclarations: functions.map(({ name, description, parameters }) => ({
        name,
        description,
        // `parameters` takes only a part of JSON Schema.
        ...(parameters === null ? {} : { parametersJsonSchema: parameters }),
      })),
    },
  ],
};

function readRequest({ url, body }: ChatRequest): Composition {
  const config = objectOf(body['generationConfig'] ?? body['generation_config']) ?? {};
  const address = ADDRESS.exec(url);
  return {
    system: readSystem(body['systemInstruction'] ?? body['system_instruction']),
    messages: listOf(body['contents']).map(readMessage),
    model: address?.[2] ?? '',
    temperature: numberOf(config['temperature']),
    maxTokens: numberOf(config['maxOutputTokens']) ?? numberOf(config['max_output_tokens']),
    tools: toolsIn(body),
    stream: address?.[3] === 'streamGenerateContent',
  };
}

function readSystem(value: unknown): string {
  return plainText(value) ?? plainText(objectOf(value)?.['parts']) ?? '';
}

function writeSystem(old: unknown, text: string): unknown {
  if (text === '') return null;
  if (typeof old === 'string') return text;
  return { ...objectOf(old), parts: [{ text }] };
}

/** An address that names no model is left as it is: the user's own gateway may know it. */
function writeAddress(url: string, was: Composition, next: Composition): string {
  if (was.model === next.model && was.stream === next.stream) return url;
  const method = next.stream ? 'streamGenerateContent' : 'generateContent';
  const model = next.model.trim() === '' ? was.model : next.model.trim();
  const address = url.replace(ADDRESS, (_, path: string) => `${path}${model}:${method}`);
  if (was.stream === next.stream) return address;
  const [, base = address, query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(address) ?? [];
  const rest = query
    .slice(1)
    .split('&')
    .filter((piece) => piece !== '' && piece !== 'alt=sse');
  // Without alt=sse the stream is one JSON array that grows.
  const pieces = next.stream ? [...rest, 'alt=sse'] : rest;
  return base + (pieces.length > 0 ? `?${pieces.join('&')}` : '') + hash;
}

function readMessage(value: unknown): Message {
  const content: JsonObject = objectOf(value) ?? {};
  const role = textOf(content['role']);
  return {
    role: role === 'model' ? 'assistant' : role || 'user',
    parts: listOf(content['parts']).map(readGeminiPart),
  };
}

function writeMessage({ role, parts }: Message, over: unknown): unknown {
  const old = objectOf(over) ?? {};
  const samePart = (before: MessagePart, after: MessagePart): boolean => before.kind === after.kind;
  return {
    ...old,
    role: role === 'assistant' ? 'model' : role,
    parts: carryOver(listOf(old['parts']), readGeminiPart, parts, writeGeminiPart, samePart),
  };
}
