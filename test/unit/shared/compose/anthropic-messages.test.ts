import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../../src/shared/compose/anthropic-messages.ts';
import { chatFormatContract } from '../../../contract/chat-format.ts';

const url = 'https://api.anthropic.com/v1/messages';
const cached = { cache_control: { type: 'ephemeral' } };
const body = {
  thinking: { type: 'enabled', budget_tokens: 1024 },
  max_tokens: 2048,
  system: [{ type: 'text', text: 'Be brief.', ...cached }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look', ...cached },
        { type: 'image', source: { type: 'url', url: 'http://i/1.png' } },
        { type: 'document', source: {} },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'tool_use', id: 't1', name: 'now', input: { zone: 'CET' } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 't1', content: 'noon', is_error: false },
        { type: 'text', text: 'So?' },
      ],
    },
  ],
  model: 'm',
};
const read = anthropicMessages.read({ url, body });

describe('Anthropic requests', () => {
  chatFormatContract(anthropicMessages, { url, body });

  it('reads blocks of every kind', () => {
    expect(read.system).toBe('Be brief.');
    expect(read.messages.map(({ parts }) => parts.map((part) => part.kind))).toEqual([
      ['text', 'image', 'other'],
      ['other', 'call'],
      ['result', 'text'],
    ]);
    expect(read.messages[1]?.parts[1]).toMatchObject({ name: 'now', arguments: '{"zone":"CET"}' });
  });

  it('keeps the marks of what is cached when a text is edited', () => {
    const messages = read.messages.map(({ role, parts }) => ({
      role,
      parts: parts.map((part) => (part.kind === 'text' ? { ...part, text: `${part.text}!` } : part)),
    }));
    const { body: written } = anthropicMessages.write(
      { url, body },
      { ...read, messages, system: 'Be long.' },
    );
    expect(written['system']).toEqual([{ type: 'text', text: 'Be long.', ...cached }]);
    expect(written['messages']).toMatchObject([
      { content: [{ text: 'Look!', ...cached }, body.messages[0]?.content[1], body.messages[0]?.content[2]] },
      body.messages[1] as object,
      { content: [body.messages[2]?.content[0] as object, { type: 'text', text: 'So?!' }] },
    ]);
  });
});
