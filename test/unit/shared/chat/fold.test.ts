import { describe, expect, it } from 'vitest';
import { createFold, type CompletionFold } from '../../../../src/shared/chat/fold.ts';
import { joined, rebuiltCompletion } from '../../../../src/shared/chat/rebuilt.ts';

let seq = 0;
function push(fold: CompletionFold, data: unknown, more: { type?: string; attempt?: number } = {}): void {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  fold.push({ type: 'message', data: text, seq, atMs: seq * 5, ...more });
  seq += 1;
}
const chunk = (content: string, more: object = {}) => ({
  id: 'a',
  choices: [{ index: 0, delta: { content } }],
  ...more,
});
const finish = (id = 'a') => ({ id, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const messageStart = { type: 'message_start', message: { id: 'm', role: 'assistant' } };
const contents = (fold: CompletionFold): string[] =>
  fold.view().map((completion) => joined(completion.choices[0]?.content ?? { pieces: [], seqs: [] }));

describe('finding the dialect', () => {
  it('is not misled by events that are no chat', () => {
    const fold = createFold();
    for (const data of [
      'hello',
      '',
      '{"type":"ping"}',
      '{"score":1}',
      '[1]',
      'null',
      '[DONE]',
      '{"error":"x"}',
    ]) {
      push(fold, data);
    }
    push(fold, 'oops', { type: 'error' });
    expect(fold.view()).toEqual([]);
  });

  it('recognises a chat after events that are none', () => {
    const fold = createFold();
    push(fold, { hello: 1 });
    push(fold, chunk('yes'));
    expect(contents(fold)).toEqual(['yes']);
  });

  it('gives a stream that changes its dialect on the way to the other dialect', () => {
    const fold = createFold();
    push(fold, chunk('one'));
    push(fold, messageStart);
    push(fold, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'two' } });
    push(fold, chunk('three'));
    fold.end();
    expect(fold.view().map((completion) => [completion.dialect, completion.end])).toEqual([
      ['openai-chat', 'truncated'],
      ['anthropic-messages', 'truncated'],
      ['openai-chat', 'truncated'],
    ]);
    expect(contents(fold)).toEqual(['one', 'two', 'three']);
  });

  it('does not take a legacy text completion for a chat answer', () => {
    const fold = createFold();
    push(fold, { id: 'a', object: 'text_completion', choices: [{ index: 0, text: 'x' }] });
    expect(fold.view().map(({ dialect }) => dialect)).toEqual(['openai-completions']);
  });
});

describe('several answers in one stream', () => {
  it('begins another answer when a reconnect brings another id', () => {
    const fold = createFold();
    push(fold, chunk('Half an ans'), { attempt: 1 });
    push(fold, chunk('A whole answer', { id: 'b' }), { attempt: 2 });
    expect(contents(fold)).toEqual(['Half an ans', 'A whole answer']);
  });

  it('goes on with the answer when a reconnect brings the same id', () => {
    const fold = createFold();
    push(fold, chunk('Half '), { attempt: 1 });
    push(fold, chunk('and half'), { attempt: 2 });
    expect(contents(fold)).toEqual(['Half and half']);
  });

  it('ends the earlier answer when the next one begins', () => {
    const fold = createFold();
    push(fold, chunk('one'));
    push(fold, finish());
    push(fold, chunk('two', { id: 'b' }));
    expect(fold.view().map((completion) => completion.end)).toEqual(['complete', 'streaming']);
  });

  it('begins another answer when an error is followed by another id', () => {
    const fold = createFold();
    push(fold, chunk('one'));
    push(fold, { error: { message: 'Busy' } });
    push(fold, chunk('two', { id: 'b' }));
    expect(contents(fold)).toEqual(['one', 'two']);
  });

  it('begins an answer after an error that stood alone', () => {
    const fold = createFold();
    push(fold, { error: { message: 'Busy' } });
    push(fold, chunk('Now'));
    expect(fold.view().map((completion) => completion.end)).toEqual(['error', 'streaming']);
  });
});

describe('the end of the stream', () => {
  it('is taken back when more comes', () => {
    const fold = createFold();
    push(fold, chunk('one'));
    fold.end();
    expect(fold.view()[0]?.end).toBe('truncated');
    push(fold, chunk('two'));
    expect(fold.view()[0]?.end).toBe('streaming');
    expect(contents(fold)).toEqual(['onetwo']);
  });

  it('needs a finish reason for every choice to be complete', () => {
    const fold = createFold();
    push(fold, { id: 'a', choices: [{ index: 0, delta: { content: 'x' } }] });
    push(fold, { id: 'a', choices: [{ index: 1, delta: { content: 'y' } }] });
    push(fold, finish());
    fold.end();
    expect(fold.view()[0]?.end).toBe('truncated');
    push(fold, { id: 'a', choices: [{ index: 1, delta: {}, finish_reason: 'length' }] });
    fold.end();
    expect(fold.view()[0]?.end).toBe('complete');
  });
});

describe('timing', () => {
  it('tells the first event, reasoning and answer apart and keeps the time of every delta', () => {
    const fold = createFold();
    const at = (atMs: number, delta: object) =>
      fold.push({ type: 'message', data: JSON.stringify({ choices: [{ delta }] }), seq: atMs, atMs });
    at(10, { role: 'assistant', content: '' });
    at(20, { reasoning: 'hm' });
    at(30, { content: 'a' });
    at(50, { tool_calls: [{ index: 0, id: 't', function: { name: 'f' } }] });
    at(60, {});
    expect(fold.view()[0]?.timing).toEqual({
      firstEventMs: 10,
      firstReasoningMs: 20,
      firstReasoningSeq: 20,
      firstContentMs: 30,
      firstContentSeq: 30,
      lastContentMs: 50,
      lastEventMs: 60,
      deltaCount: 3,
      deltaSeqs: [20, 30, 50],
      deltaAtMs: [20, 30, 50],
    });
  });
});

describe('the cost', () => {
  it('shares pieces with the view instead of copying them', () => {
    const fold = createFold();
    push(fold, chunk('one'));
    const before = fold.view()[0]?.choices[0]?.content;
    push(fold, chunk('two'));
    expect(fold.view()[0]?.choices[0]?.content.pieces).toBe(before?.pieces);
  });

  it('tells by its revision whether anything came', () => {
    const fold = createFold();
    const revisions = [fold.revision];
    push(fold, chunk('one'));
    revisions.push(fold.revision);
    fold.view();
    expect(fold.revision).toBe(revisions[1]);
    fold.end();
    revisions.push(fold.revision);
    fold.end();
    expect(fold.revision).toBe(revisions[2]);
    expect(new Set(revisions).size).toBe(3);
  });

  it('joins no text while 100,000 chunks come and are looked at', () => {
    const fold = createFold();
    for (let at = 0; at < 100_000; at += 1) {
      fold.push({ type: 'message', data: '{"choices":[{"delta":{"content":"token "}}]}', seq: at, atMs: at });
      if (at % 100 === 0) fold.view();
    }
    const content = fold.view()[0]?.choices[0]?.content;
    expect(content?.pieces).toHaveLength(100_000);
    expect(content?.seqs[99_999]).toBe(99_999);
  });
});

describe('hostile values', () => {
  it('survives nesting beyond the stack, and still prints', () => {
    const fold = createFold();
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    push(fold, `{"choices":[{"delta":{"content":${deep}}}]}`);
    push(fold, `{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":${deep}}}]}}]}`);
    push(fold, `{"error":{"message":"x","deep":${deep}}}`);
    fold.end();
    expect(JSON.parse(JSON.stringify(fold.view().map(rebuiltCompletion)))).toMatchObject([
      { end: 'error', error: 'A value nested too deeply to be shown' },
    ]);
  });

  it('keeps a bounded number of findings', () => {
    const fold = createFold();
    push(fold, chunk('x'));
    for (let at = 0; at < 5000; at += 1) push(fold, '{broken');
    const diagnostics = fold.view()[0]?.diagnostics ?? [];
    expect(diagnostics).toHaveLength(201);
    expect(diagnostics.at(-1)?.code).toBe('more');
  });

  it('is not slowed down by a choice for every chunk', () => {
    const fold = createFold();
    for (let at = 20_000; at > 0; at -= 1) push(fold, { choices: [{ index: at, delta: { content: 'x' } }] });
    const choices = fold.view()[0]?.choices ?? [];
    expect(choices).toHaveLength(20_000);
    expect(choices[0]?.index).toBe(1);
  });
});

describe('frames without an event', () => {
  it('takes an error from a field named error', () => {
    const fold = createFold();
    push(fold, chunk('x'));
    fold.pushUnframed({ text: 'error: {"message":"slot"}\n\n', seq: 99, atMs: 1 });
    expect(fold.view()[0]).toMatchObject({ end: 'error', error: { message: 'slot' }, endSeq: 99 });
  });

  it('passes over every other text, and remembers where it was', () => {
    const fold = createFold();
    push(fold, chunk('x'));
    const before = JSON.stringify(fold.view().map(rebuiltCompletion));
    for (const text of [
      '',
      'data: x',
      'foo: bar\n\n',
      '{"a":1}',
      '{"error"',
      'error: nothing',
      'xerror: {"a":1}',
    ]) {
      fold.pushUnframed({ text, seq: 99, atMs: 1 });
    }
    expect(JSON.stringify(fold.view().map(rebuiltCompletion))).toBe(before);
    expect(fold.view()[0]?.unframedSeqs).toEqual([99, 99, 99, 99, 99]);
  });
});
