import { describe, expect, it } from 'vitest';
import { CHAT_FORMATS, detectFormat } from '../../../../src/shared/compose/registry.ts';
import { CHAT_TEMPLATES } from '../../../../src/shared/compose/templates.ts';

const idOf = (url: string, body: unknown) =>
  detectFormat(url, typeof body === 'string' ? body : JSON.stringify(body))?.id ?? null;
const asked = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };

describe('detecting the format of a chat request', () => {
  it.each(CHAT_TEMPLATES)('knows $id by its address and, without it, by its body', ({ id, url, body }) => {
    expect(idOf(url, '')).toBe(id);
    expect(idOf(`${url}#x`, body)).toBe(id);
    expect(idOf('http://localhost/ask', body)).toBe(id);
  });

  it('has a template for every format', () => {
    expect(CHAT_TEMPLATES.map(({ id }) => id)).toEqual(CHAT_FORMATS.map(({ id }) => id));
  });

  it.each([
    ['{{samples}}/v1/chat/completions', asked, 'openai-chat'],
    ['https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1', asked, 'openai-chat'],
    ['http://localhost/v1/chat/completions/', '{ "messages": [', 'openai-chat'],
    ['http://localhost/v1/messages', asked, 'anthropic-messages'],
    ['http://localhost/mcp/messages', { jsonrpc: '2.0', id: 1, method: 'ping' }, null],
    ['http://localhost/messages', { text: 'Hi' }, null],
    ['http://localhost/api/chat', asked, null],
    ['http://localhost/x', { messages: [{ id: '1', role: 'user', parts: [] }] }, null],
    ['http://localhost/agent', { ...asked, threadId: 't', runId: 'r' }, null],
    ['http://localhost/x', { query: 'x' }, null],
    ['http://localhost/x', '{ "messages": [', null],
    ['http://localhost/x', '[]', null],
    ['http://localhost/v1/chat/completions', '"text"', null],
  ])('%s with %j is %s', (url, body, id) => {
    expect(idOf(url, body)).toBe(id);
  });
});
