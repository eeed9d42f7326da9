import { describe, expect, it } from 'vitest';
import type { Composition } from '../../../../src/shared/compose/composition.ts';
import { gemini } from '../../../../src/shared/compose/gemini.ts';
import { chatFormatContract } from '../../../contract/chat-format.ts';

const url =
  'https://generativelanguage.googleapis.com/v1beta/models/gemini-x:streamGenerateContent?alt=sse&key={{K}}';
const body = {
  safetySettings: [],
  generation_config: { topK: 3, temperature: 0.5 },
  contents: [
    {
      parts: [
        { text: 'Look' },
        { inlineData: { mimeType: 'image/png', data: 'AA' } },
        { inlineData: { mimeType: 'audio/wav', data: 'AA' } },
      ],
    },
    {
      role: 'model',
      parts: [
        { text: 'hm', thought: true },
        { functionCall: { name: 'now', args: {} }, thoughtSignature: 's' },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'now', response: { result: 'noon' } } },
        { functionResponse: { name: 'now', response: { hour: 12 } } },
      ],
    },
  ],
  system_instruction: { role: 'system', parts: [{ text: 'Be brief.' }] },
  tools: [{ googleSearch: {} }, { functionDeclarations: [{ name: 'now' }] }],
};
const read = gemini.read({ url, body });
const write = (change: Partial<Composition>) => gemini.write({ url, body }, { ...read, ...change });

describe('Gemini requests', () => {
  chatFormatContract(gemini, { url, body });

  it('reads parts of every kind, and the model and the stream from the address', () => {
    expect(read).toMatchObject({ model: 'gemini-x', stream: true, system: 'Be brief.', temperature: 0.5 });
    expect(read.messages.map(({ role, parts }) => [role, ...parts.map((part) => part.kind)])).toEqual([
      ['user', 'text', 'image', 'other'],
      ['assistant', 'other', 'call'],
      ['user', 'result', 'result'],
    ]);
    expect(read.messages[2]?.parts).toMatchObject([{ text: 'noon' }, { text: '{"hour":12}' }]);
    expect(gemini.functionsOf(read.tools ?? []).map(({ name }) => name)).toEqual(['now']);
  });

  it('keeps the spelling of the names that are there', () => {
    const written = write({ temperature: 1, maxTokens: 5, system: 'Be long.' }).body;
    expect(written).toEqual({
      ...body,
      generation_config: { topK: 3, temperature: 1, maxOutputTokens: 5 },
      system_instruction: { role: 'system', parts: [{ text: 'Be long.' }] },
    });
  });

  it('changes the address for another model, and for an answer that is not streamed', () => {
    expect(write({ model: 'gemini-y' }).url).toBe(url.replace('gemini-x', 'gemini-y'));
    const whole = write({ stream: false }).url;
    expect(whole).toBe(url.replace('streamGenerateContent?alt=sse&', 'generateContent?'));
    expect(gemini.write({ url: whole, body }, read).url).toBe(
      url.replace('?alt=sse&key={{K}}', '?key={{K}}&alt=sse'),
    );
    expect(write({ model: '{{model}}' }).url).toContain('/models/{{model}}:stream');
  });
});
