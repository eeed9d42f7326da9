import { describe, expect, it } from 'vitest';
import { readChat, writeChat } from '../../../../src/shared/compose/chat-request.ts';
import { bodyOfText, DEFAULT_BODY } from '../../../../src/shared/connection/request-body.ts';

const url = 'http://localhost/v1/chat/completions';
const request = (text: string) => ({ url, body: { ...DEFAULT_BODY, kind: 'json' as const, text } });

describe('a request as a composition', () => {
  it('changes only the characters that must change', () => {
    const text = '{"top_p":1.0,\n  "messages":[ {"role":"user","content":"Hi {{name}}"} ] }';
    const reading = readChat(request(text));
    if (!reading?.composition) throw new Error('it is a chat request');
    const messages = [{ role: 'user', parts: [{ kind: 'text' as const, text: 'Ho {{name}}' }] }];
    const written = writeChat(request(text), reading.format, { ...reading.composition, messages });
    expect(written.body.text).toBe(text.replace('Hi', 'Ho'));
  });

  it('begins in an empty body', () => {
    const reading = readChat(request(''));
    if (!reading?.composition) throw new Error('it is a chat request by its address');
    const { body } = writeChat(request(''), reading.format, { ...reading.composition, model: 'm' });
    expect(body.text).toBe('{\n  "model": "m"\n}');
  });

  it.each([
    ['{\n "model": }', 'Not JSON: unexpected "}"', 'line 2, column 11'],
    [
      '{"messages": [], "temperature": {{t}} }',
      'A {{variable}} stands where JSON wants a value in quotes',
      '',
    ],
    [`{"messages": ${'['.repeat(200)}${']'.repeat(200)}}`, 'Nested deeper than 100 levels', ''],
  ])('says what is wrong with %s', (text, what, where) => {
    const reading = readChat(request(text));
    expect(reading?.composition).toBeNull();
    expect(reading?.fault).toContain(what);
    expect(reading?.fault).toContain(where);
  });

  it('is none where the body is no JSON by its kind, or not one of a chat', () => {
    expect(readChat({ url, body: DEFAULT_BODY })).toBeNull();
    expect(readChat({ url: 'http://localhost/x', body: bodyOfText('{"a":1}') })).toBeNull();
  });
});
