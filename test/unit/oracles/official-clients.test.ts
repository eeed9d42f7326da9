/**
 * Every stream against the official clients that can read it. Recordings are not part of the project: without them only the
 * project's own streams are compared. What is right where a client is wrong is said by the expected files of our own streams, and
 * here for recordings.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparable, differences } from '../../oracles/answer.ts';
import { EXCEPTIONS, exceptionOf, exceptionLines } from '../../oracles/exceptions.ts';
import { oracleCases, ownStreams, recordedStreams, type OracleCase } from '../../oracles/streams.ts';
import { rebuiltOf } from '../../support/chat-recordings.ts';

const own = oracleCases(ownStreams());
const recorded = oracleCases(recordedStreams());

const text = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const choice = (facts: object): object => ({ choices: [facts] });

/** What is right of a recording that a client refuses or misreads. */
const RIGHT: Readonly<Record<string, object | null>> = {
  'llm/snowflake/thinking.sse': { end: 'done', ...choice({ reasoning: text(/405$/), finishReason: null }) },
  'llm/azure/chat-async-filter-no-delta.sse': {
    end: 'done',
    ...choice({ role: 'assistant', finishReason: 'stop' }),
  },
  'llm/groq/executed-tools.sse': {
    end: 'done',
    ...choice({ role: 'assistant', finishReason: 'stop', toolCalls: [{ name: 'search' }] }),
  },
  'llm/openai/responses-error.chunks.txt': {
    end: 'error',
    error: { code: 'insufficient_quota' },
    diagnostics: [],
  },
  'llm-mock/openai-chat-truncated.sse': { end: 'truncated', ...choice({ finishReason: null }) },
  'llm/anthropic/mcp-tool.sse': choice({
    toolCalls: [
      { name: 'ask_question', arguments: text(/^\{"repoName": ?"[^"]+\/[^"]+", ?"question": ?"[^"]+\?"\}$/) },
    ],
  }),
  'llm/openai/chat-moderation-chunk.sse': {
    usage: { prompt_tokens: 13, completion_tokens: 11, total_tokens: 24 },
  },
  'llm/mistral/tool-no-index.sse': choice({
    toolCalls: [{ id: 'EscTeQY62', name: 'get_weather', arguments: text(/^\{"city": ?"San Francisco"\}$/) }],
  }),
  'llm/mistral/thinking-content-array.sse': choice({ content: '144' }),
  'llm/tgi/chat.sse': choice({ content: text(/^Deep learning is/) }),
  // The recording lacks the blank line that dispatches its only event.
  'llm/google/prompt-blocked.txt': null,
  'llm/google/error-mid-stream.txt': {
    end: 'error',
    error: { code: 499 },
    ...choice({ content: 'First Second ' }),
  },
  'llm/openai/chat-n-tools-multichoice.sse': { choices: [{ index: 0 }, { index: 1 }] },
  'llm/openai/chat-refusal.sse': choice({ content: '', refusal: text(/assist with that request\.$/) }),
  'llm/openai/chat-refusal-logprobs.sse': choice({ content: '', refusal: text(/assist with that\.$/) }),
  'llm/deepseek/responses-tool.sse': choice({ reasoning: text(/^The user asks about.*tool\.$/) }),
  'llm/lmstudio/responses-tool.chunks.txt': choice({ reasoning: text(/^The user is asking for/) }),
  'llm/openrouter/responses-raw-cot.sse': choice({ reasoning: text(/Just answer 4\.$/) }),
};

async function compare({ name, client, oracle, bytes }: OracleCase): Promise<void> {
  const wire = bytes();
  const [completion] = rebuiltOf(wire);
  const exception = exceptionOf(client, name);
  if (exception && 'says' in exception) return expect(oracle([wire])).rejects.toThrow(exception.says);
  const answer = await oracle([wire]);
  expect(completion).toBeDefined();
  if (!completion) return;
  const ours = comparable(completion, answer);
  const differs = differences(ours, answer);
  // The values say more than the names of what differs.
  if (!exception && differs.length > 0) expect(ours).toEqual(answer);
  expect(differs).toEqual(exception?.differs ?? []);
}

describe('our own streams', () => {
  it.each(own)('$name is what $client makes of it, or the exception says why not', compare);
});

describe.skipIf(recorded.length === 0)('recorded streams', () => {
  it.each(recorded)('$name is what $client makes of it, or the exception says why not', compare);

  it.each(Object.entries(RIGHT))('%s is rebuilt as its bytes say, whatever a client says', (name, right) => {
    const stream = recorded.find((one) => one.name === name);
    const rebuilt = rebuiltOf(stream?.bytes() ?? new Uint8Array());
    if (right === null) expect(rebuilt).toEqual([]);
    else expect(rebuilt).toMatchObject([right]);
  });

  it('says what is right for every recording that a client reads wrongly', () => {
    const excepted = EXCEPTIONS.flatMap(({ streams }) => streams).filter((name) => !name.startsWith('own/'));
    expect(new Set(Object.keys(RIGHT))).toEqual(new Set(excepted));
  });
});

describe('the exceptions', () => {
  it('are about streams that are there', () => {
    const known = new Set([...own, ...recorded].map(({ client, name }) => `${client} ${name}`));
    const named = EXCEPTIONS.flatMap(({ client, streams }) => streams.map((name) => `${client} ${name}`));
    expect(new Set(named).size).toBe(named.length);
    for (const one of named) if (recorded.length > 0 || one.includes(' own/')) expect(known).toContain(one);
  });

  it('are all in docs/dialects.md, and no other', () => {
    const paper = readFileSync(join(import.meta.dirname, '../../../docs/dialects.md'), 'utf8');
    const plain = (lines: string): string => lines.replaceAll(/\s+/g, ' ').trim();
    const section = /\n### Exceptions\n([^]*?)\n(?:#|$)/.exec(paper)?.[1] ?? '';
    const listed = section.slice(section.indexOf('\n- ')).split('\n- ').slice(1);
    expect(listed.map(plain)).toEqual(exceptionLines());
  });
});
