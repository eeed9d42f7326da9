import { afterEach, describe, expect, it } from 'vitest';
import { postJson, readStream, startSamples, stopSamples } from './sample-client.ts';
import { createFold } from '../../../src/shared/chat/fold.ts';
import { rebuiltCompletion } from '../../../src/shared/chat/rebuilt.ts';

afterEach(stopSamples);

const PATH = '/v1/chat/completions';
const MESSAGES = [{ role: 'user', content: 'Why “streams”?' }];
const TOOL = {
  type: 'function',
  function: {
    name: 'find_tide',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' }, unit: { enum: ['m', 'ft'] } },
    },
  },
};

async function chat(body: object) {
  const origin = await startSamples();
  const init = { method: 'POST', body: JSON.stringify({ messages: MESSAGES, stream: true, ...body }) };
  const { events, response, how } = await readStream(origin + PATH, init);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(how).toBe('end');
  expect(events.at(-1)?.data).toBe('[DONE]');
  const fold = createFold();
  for (const [seq, { type, data }] of events.entries()) fold.push({ type, data, seq, atMs: 0 });
  fold.end();
  const [completion, ...more] = fold.view().map(rebuiltCompletion);
  expect(more).toEqual([]);
  const chunks = events.slice(0, -1).map(({ data }) => JSON.parse(data) as Record<string, unknown>);
  return { completion, chunks };
}

describe('chat completion', () => {
  it('streams chunks that rebuild to an answer: the role first, then text, then the finish reason', async () => {
    const { completion, chunks } = await chat({ model: 'm1' });
    expect(completion).toMatchObject({
      dialect: 'openai-chat',
      model: 'm1',
      end: 'done',
      usage: null,
      diagnostics: [],
      choices: [{ index: 0, role: 'assistant', finishReason: 'stop' }],
    });
    expect(completion?.choices[0]?.content).toContain('Why “streams”?');
    expect(chunks.length).toBeGreaterThan(50);
    expect(chunks[0]).toMatchObject({
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
    });
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
    expect(new Set(chunks.map((chunk) => chunk['id'])).size).toBe(1);
  });

  it('tells the usage in a chunk of its own when asked to', async () => {
    const { completion, chunks } = await chat({ stream_options: { include_usage: true } });
    expect(chunks.slice(0, -1).every((chunk) => chunk['usage'] === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 4 } });
    expect(completion?.usage).toMatchObject({ completion_tokens: chunks.length - 3 });
  });

  it('gives as many choices as asked for, taking turns', async () => {
    const { completion } = await chat({ n: 3 });
    expect(completion?.choices.map(({ index, finishReason }) => [index, finishReason])).toEqual([
      [0, 'stop'],
      [1, 'stop'],
      [2, 'stop'],
    ]);
    expect(completion?.choices[0]?.content).not.toBe(completion?.choices[1]?.content);
  });

  it('calls the tools that it is given, with arguments in pieces that make JSON', async () => {
    const { completion, chunks } = await chat({ tools: [TOOL] });
    const [choice] = completion?.choices ?? [];
    expect(choice).toMatchObject({ content: '', finishReason: 'tool_calls' });
    expect(choice?.toolCalls).toMatchObject([{ type: 'function', name: 'find_tide' }]);
    expect(JSON.parse(choice?.toolCalls[0]?.arguments ?? '')).toEqual({
      city: 'Göteborg',
      days: 3,
      unit: 'm',
    });
    expect(chunks.length).toBeGreaterThan(5);
  });

  it('answers with text once a tool has answered, or when tools are switched off', async () => {
    const answered = [...MESSAGES, { role: 'tool', tool_call_id: 'x', content: '12' }];
    expect((await chat({ tools: [TOOL], messages: answered })).completion?.choices[0]?.finishReason).toBe(
      'stop',
    );
    expect((await chat({ tools: [TOOL], tool_choice: 'none' })).completion?.choices[0]?.toolCalls).toEqual(
      [],
    );
  });

  it('stops at the number of tokens that was allowed', async () => {
    const { completion } = await chat({ max_tokens: 5 });
    expect(completion?.choices[0]).toMatchObject({ finishReason: 'length' });
  });

  it('gives a plain answer when no stream is asked for', async () => {
    const origin = await startSamples();
    const response = await postJson(origin + PATH, { messages: MESSAGES, tools: [TOOL] });
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: { role: 'assistant', content: null, tool_calls: [{ type: 'function' }] },
        },
      ],
      usage: { total_tokens: expect.any(Number) as number },
    });
  });

  it.each([
    ['no JSON', '{', null],
    ['no object', '3', null],
    ['no messages', { stream: true }, 'messages'],
    ['too many choices', { messages: MESSAGES, n: 99 }, 'n'],
    ['no room', { messages: MESSAGES, max_tokens: 0 }, 'max_completion_tokens'],
    ['stream options without a stream', { messages: MESSAGES, stream_options: {} }, 'stream_options'],
  ])('refuses a request with %s', async (_what, body, param) => {
    const origin = await startSamples();
    const response = await postJson(origin + PATH, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { type: 'invalid_request_error', param, code: null },
    });
  });
});
