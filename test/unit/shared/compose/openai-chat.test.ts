import { describe, expect, it } from 'vitest';
import type { Composition } from '../../../../src/shared/compose/composition.ts';
import { openaiChat } from '../../../../src/shared/compose/openai-chat.ts';
import { chatFormatContract } from '../../../contract/chat-format.ts';

const url = 'http://localhost/v1/chat/completions';
const call = { id: 'c1', type: 'function', function: { name: 'now', arguments: '{}' }, index: 0 };
const body = {
  stream: true,
  metadata: { run: '7' },
  messages: [
    { role: 'developer', content: [{ type: 'text', text: 'Be brief.', extra: 1 }], name: 'boss' },
    {
      name: 'ann',
      role: 'user',
      content: [
        { type: 'text', text: 'Look', cache: true },
        { type: 'input_audio', input_audio: {} },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [call, { id: 'c2', type: 'custom', custom: {} }],
      refusal: null,
    },
    { role: 'tool', tool_call_id: 'c1', content: 'noon' },
    { role: 'user', content: 'Thanks' },
  ],
  model: 'm',
  max_completion_tokens: 50,
  n: 2,
  tools: [{ type: 'function', function: { name: 'now' } }],
  temperature: 1,
};
const read = openaiChat.read({ url, body });
const write = (change: Partial<Composition>, from: object = body) =>
  openaiChat.write(
    { url, body: from as never },
    { ...openaiChat.read({ url, body: from as never }), ...change },
  ).body;

describe('OpenAI chat requests', () => {
  chatFormatContract(openaiChat, { url, body });

  it('takes the first message for the system prompt, and results and calls for what they are', () => {
    expect(read.system).toBe('Be brief.');
    expect(read.maxTokens).toBe(50);
    expect(read.messages.map(({ role, parts }) => [role, ...parts.map((part) => part.kind)])).toEqual([
      ['user', 'text', 'other'],
      ['assistant', 'call', 'other'],
      ['tool', 'result'],
      ['user', 'text'],
    ]);
  });

  it('keeps the names, parts and marks of messages that are edited, moved and taken out', () => {
    const [first, ...rest] = read.messages;
    const [text, audio] = first?.parts ?? [];
    if (!first || !text || !audio) throw new Error('the fixture has a first message of two parts');
    const edited = { ...first, parts: [{ kind: 'text' as const, text: 'Listen' }, audio] };
    const written = write({ messages: [...rest.toReversed(), edited], system: 'Be long.' });
    expect(written['messages']).toEqual([
      { role: 'developer', content: [{ type: 'text', text: 'Be long.', extra: 1 }], name: 'boss' },
      body.messages[4],
      body.messages[3],
      body.messages[2],
      {
        name: 'ann',
        role: 'user',
        content: [
          { type: 'text', text: 'Listen', cache: true },
          { type: 'input_audio', input_audio: {} },
        ],
      },
    ]);
    expect(Object.keys(written)).toEqual(Object.keys(body));
  });

  it('puts a system prompt in front, and takes it away with its message', () => {
    const plain = { messages: [{ role: 'user', content: 'Hi' }] };
    const prompted = write({ system: 'Be kind.' }, plain);
    expect(prompted['messages']).toEqual([{ role: 'system', content: 'Be kind.' }, ...plain.messages]);
    expect(write({ system: '' }, prompted)).toEqual(plain);
  });

  it('uses the name of the limit that is there, and the new one for OpenAI itself', () => {
    expect(write({ maxTokens: 9 })).toMatchObject({ max_completion_tokens: 9 });
    expect(write({ maxTokens: 9 }, {})).toEqual({ max_tokens: 9 });
    const openai = { url: 'https://api.openai.com/v1/chat/completions', body: {} };
    const { body: written } = openaiChat.write(openai, { ...openaiChat.read(openai), maxTokens: 9 });
    expect(written).toEqual({ max_completion_tokens: 9 });
  });

  it('takes the options of a stream away with the stream', () => {
    const streamed = { stream: true, stream_options: { include_usage: true } };
    expect(write({ stream: false }, streamed)).toEqual({ stream: false });
  });
});
