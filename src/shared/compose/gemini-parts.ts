/** The parts of a Gemini content: text, data, files, function calls and their answers. Pure. */
import { objectOf, textOf, type JsonObject } from '../chat/json-read.ts';
import type { MessagePart } from './composition.ts';
import { dataUrlParts, objectOfText } from './fields.ts';

export function readGeminiPart(value: unknown): MessagePart {
  const part = objectOf(value) ?? {};
  if (typeof part['text'] === 'string' && part['thought'] !== true)
    return { kind: 'text', text: part['text'] };
  const data = objectOf(part['inlineData']);
  if (data && textOf(data['mimeType']).startsWith('image/'))
    return { kind: 'image', url: `data:${textOf(data['mimeType'])};base64,${textOf(data['data'])}` };
  const file = objectOf(part['fileData']);
  if (file && typeof file['fileUri'] === 'string') return { kind: 'image', url: file['fileUri'] };
  const call = objectOf(part['functionCall']);
  if (call && typeof call['name'] === 'string')
    return {
      kind: 'call',
      callId: textOf(call['id']),
      name: call['name'],
      arguments: JSON.stringify(call['args'] ?? {}),
    };
  const answer = objectOf(part['functionResponse']);
  if (answer && typeof answer['name'] === 'string') {
    const text = resultText(objectOf(answer['response']) ?? {});
    return { kind: 'result', callId: textOf(answer['id']), name: answer['name'], text };
  }
  const type = part['thought'] === true ? 'thought' : (Object.keys(part)[0] ?? 'part');
  return { kind: 'other', type, value };
}

export function writeGeminiPart(part: MessagePart, over: unknown): unknown {
  const old = objectOf(over) ?? {};
  const withId = (callId: string) => (callId === '' ? {} : { id: callId });
  switch (part.kind) {
    case 'text':
      return { ...old, text: part.text };
    case 'image': {
      const data = dataUrlParts(part.url);
      if (data) return { inlineData: { mimeType: data.type, data: data.data } };
      return { fileData: { ...objectOf(old['fileData']), fileUri: part.url } };
    }
    case 'call': {
      const args = objectOfText(part.arguments, 'arguments');
      return { ...old, functionCall: { ...withId(part.callId), name: part.name, args } };
    }
    case 'result': {
      const response = objectOfText(part.text, 'result');
      return { ...old, functionResponse: { ...withId(part.callId), name: part.name, response } };
    }
    case 'other':
      return part.value;
  }
}

/** A text stands in an object, which the API demands; it is shown without it. */
function resultText(response: JsonObject): string {
  const names = Object.keys(response);
  const text = response['result'];
  if (names.length === 0) return '';
  return names.length === 1 && typeof text === 'string' && isPlain(text) ? text : JSON.stringify(response);
}

/** Whether writing the text would make the same object again. */
function isPlain(text: string): boolean {
  return text.trim() !== '' && objectOfText(text, 'result')['result'] === text;
}
