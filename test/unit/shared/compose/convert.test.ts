import { describe, expect, it } from 'vitest';
import { readChat } from '../../../../src/shared/compose/chat-request.ts';
import type { Composition, Message } from '../../../../src/shared/compose/composition.ts';
import { askedElsewhere } from '../../../../src/shared/compose/convert.ts';
import { openaiChat } from '../../../../src/shared/compose/openai-chat.ts';
import { CHAT_TEMPLATES, fromTemplate } from '../../../../src/shared/compose/templates.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';

const messages: readonly Message[] = [
  { role: 'user', parts: [{ kind: 'text', text: 'What time is it?' }] },
  {
    role: 'assistant',
    parts: [
      { kind: 'text', text: 'I look.' },
      { kind: 'other', type: 'thinking', value: {} },
      { kind: 'call', callId: 'c1', name: 'now', arguments: '{"zone":"CET"}' },
      { kind: 'call', callId: 'c2', name: 'now', arguments: '{"zone":"UTC"}' },
    ],
  },
  { role: 'tool', parts: [{ kind: 'result', callId: 'c1', name: '', text: 'noon' }] },
  { role: 'tool', parts: [{ kind: 'result', callId: 'c2', name: '', text: 'eleven' }] },
  { role: 'developer', parts: [{ kind: 'text', text: 'Be quick.' }] },
];
const composition: Composition = {
  system: 'Be brief.',
  messages,
  model: 'mine',
  temperature: 0.3,
  maxTokens: null,
  tools: [
    { type: 'function', function: { name: 'now', description: 'Time', parameters: { type: 'object' } } },
    { type: 'custom', custom: { name: 'x' } },
  ],
  stream: true,
};
const template = (id: string) => {
  const found = CHAT_TEMPLATES.find((one) => one.id === id);
  if (!found) throw new Error(`no template ${id}`);
  return fromTemplate(found);
};
const asked = (id: string) => {
  const converted = askedElsewhere(openaiChat, composition, template(id));
  if (!converted) throw new Error('every template can be asked');
  return { ...converted, body: JSON.parse(converted.request.body.text) as Record<string, unknown> };
};

describe('the same prompt elsewhere', () => {
  it.each(CHAT_TEMPLATES)('keeps the model, the address and the headers of $id', ({ id, url }) => {
    const { request, left } = asked(id);
    const reading = readChat(request);
    expect(reading?.composition).toMatchObject({ system: 'Be brief.', temperature: 0.3, stream: true });
    expect(reading?.composition?.model).toBe(readChat(template(id))?.composition?.model);
    expect(request.url).toBe(url);
    expect(request.headers).toEqual(template(id).headers);
    expect(left).toEqual(id === 'openai-chat' ? [] : ['thinking', 'tools that are no functions']);
  });

  it('says calls and results as Anthropic wants them: all results of a turn in one message', () => {
    const { body } = asked('anthropic-messages');
    expect(body['max_tokens']).toBe(1024);
    expect(body['messages']).toEqual([
      { role: 'user', content: 'What time is it?' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'c1', name: 'now', input: { zone: 'CET' } },
          { type: 'tool_use', id: 'c2', name: 'now', input: { zone: 'UTC' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'c1', content: 'noon' },
          { type: 'tool_result', tool_use_id: 'c2', content: 'eleven' },
        ],
      },
      { role: 'user', content: 'Be quick.' },
    ]);
    expect(body['tools']).toEqual([{ name: 'now', description: 'Time', input_schema: { type: 'object' } }]);
  });

  it('says them as Gemini wants them: each result with the name of its function', () => {
    expect(asked('gemini').body['contents']).toMatchObject([
      { role: 'user', parts: [{ text: 'What time is it?' }] },
      { role: 'model', parts: [{ text: 'I look.' }, { functionCall: { name: 'now' } }, {}] },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'c1', name: 'now', response: { result: 'noon' } } },
          { functionResponse: { id: 'c2', name: 'now', response: { result: 'eleven' } } },
        ],
      },
      { role: 'user', parts: [{ text: 'Be quick.' }] },
    ]);
  });

  it('says each call and each result as an item of Responses', () => {
    const input = asked('openai-responses').body['input'] as readonly Record<string, unknown>[];
    expect(input.map((item) => item['type'] ?? item['role'])).toEqual([
      'user',
      'assistant',
      'function_call',
      'function_call',
      'function_call_output',
      'function_call_output',
      'developer',
    ]);
  });

  it('has nothing to say to a request that is none of a chat', () => {
    expect(
      askedElsewhere(openaiChat, composition, { ...BLANK_REQUEST, url: 'http://localhost/x' }),
    ).toBeNull();
  });
});
