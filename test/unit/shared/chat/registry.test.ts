import { describe, expect, it } from 'vitest';
import { createDialects, matchDialect } from '../../../../src/shared/chat/registry.ts';

const event = (json: unknown) => ({
  type: 'message',
  data: JSON.stringify(json),
  json,
  seq: 0,
  atMs: 0,
  attempt: 0,
});

describe('the list of dialects', () => {
  it.each([
    [{ choices: [{ delta: {} }] }, 'openai-chat'],
    [{ choices: [{ message: {} }] }, 'openai-chat'],
    [{ choices: [], prompt_filter_results: [] }, 'openai-chat'],
    [{ choices: [], usage: { total_tokens: 1 } }, 'openai-chat'],
    [{ choices: [{ index: 0, finish_reason: null }] }, 'openai-chat'],
    [{ error: { message: 'x' } }, 'openai-chat'],
    [{ choices: [{ text: 'x', delta: { content: 'x' } }] }, 'openai-chat'],
    [{ choices: [{ text: 'x' }] }, 'openai-completions'],
    [{ type: 'response.created', response: {} }, 'openai-responses'],
    [{ type: 'error', code: 'x', message: 'y', sequence_number: 3 }, 'openai-responses'],
    [{ candidates: [] }, 'gemini'],
    [{ promptFeedback: { blockReason: 'SAFETY' } }, 'gemini'],
    [{ error: { message: 'x', status: 'UNAVAILABLE' } }, 'gemini'],
    [{ completion: 'x', stop_reason: null }, 'anthropic-complete-legacy'],
    [{ type: 'message_start' }, 'anthropic-messages'],
    [{ type: 'content_block_start' }, 'anthropic-messages'],
    [{ type: 'error', error: { message: 'x' } }, 'anthropic-messages'],
  ])('gives %j to the right one', (json, id) => {
    expect(matchDialect(createDialects().all(), event(json))?.dialect.id).toBe(id);
  });

  it.each([[{ choices: [] }], [{ choices: ['red'] }], [{}], [null], [[]]])('gives %j to nobody', (json) => {
    expect(matchDialect(createDialects().all(), event(json))).toBeNull();
  });
});
