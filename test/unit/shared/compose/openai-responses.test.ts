import { describe, expect, it } from 'vitest';
import { openaiResponses } from '../../../../src/shared/compose/openai-responses.ts';
import { chatFormatContract } from '../../../contract/chat-format.ts';

const url = 'https://api.openai.com/v1/responses';
const body = {
  reasoning: { effort: 'low' },
  input: [
    { role: 'developer', content: 'Be brief.' },
    {
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: 'Look' },
        { type: 'input_image', image_url: 'http://i/1.png', detail: 'low' },
        { type: 'input_file', file_id: 'f' },
      ],
    },
    { type: 'reasoning', id: 'r1', encrypted_content: 'x' },
    { type: 'function_call', call_id: 'c1', name: 'now', arguments: '{}', id: 'fc1' },
    { type: 'function_call_output', call_id: 'c1', output: 'noon' },
    { role: 'assistant', id: 'm1', content: [{ type: 'output_text', text: 'Noon.', annotations: [] }] },
  ],
  model: 'm',
  store: false,
  tools: [{ type: 'web_search' }],
};

describe('OpenAI Responses requests', () => {
  chatFormatContract(openaiResponses, { url, body });

  it('reads every kind of item', () => {
    const { messages } = openaiResponses.read({ url, body });
    expect(messages.map(({ role, parts }) => [role, ...parts.map((part) => part.kind)])).toEqual([
      ['developer', 'text'],
      ['user', 'text', 'image', 'other'],
      ['', 'other'],
      ['assistant', 'call'],
      ['tool', 'result'],
      ['assistant', 'text'],
    ]);
  });

  it('leaves a question that is only a text a text', () => {
    const asked = { url, body: { model: 'm', input: 'Hi' } };
    const read = openaiResponses.read(asked);
    expect(read.messages).toEqual([{ role: 'user', parts: [{ kind: 'text', text: 'Hi' }] }]);
    const other = { role: 'user', parts: [{ kind: 'text' as const, text: 'Ho' }] };
    expect(openaiResponses.write(asked, { ...read, messages: [other] }).body).toEqual({
      model: 'm',
      input: 'Ho',
    });
    expect(
      openaiResponses.write(asked, { ...read, messages: [...read.messages, other] }).body['input'],
    ).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'user', content: 'Ho' },
    ]);
  });
});
