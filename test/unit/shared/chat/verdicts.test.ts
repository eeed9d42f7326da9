import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../../src/shared/chat/completion.ts';
import { createFold } from '../../../../src/shared/chat/fold.ts';
import { allVerdicts } from '../../../../src/shared/chat/verdicts.ts';

/** Texts are data as they are, objects become JSON; entries are numbered from 0 and come 1 ms apart. */
function folded(events: readonly (object | string)[], ended = true): readonly Completion[] {
  const fold = createFold();
  for (const [seq, data] of events.entries()) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    if (text.startsWith('unframed ')) fold.pushUnframed({ text, seq, atMs: seq });
    else fold.push({ type: 'message', data: text, seq, atMs: seq });
  }
  if (ended) fold.end();
  return fold.view();
}

/** Code, words and proof of each verdict on the last answer. */
function verdicts(events: readonly (object | string)[], ended = true) {
  const all = allVerdicts(folded(events, ended));
  return (all.at(-1) ?? []).map(({ code, text, seqs }) => [code, text, ...seqs]);
}
const codes = (events: readonly (object | string)[]) => verdicts(events).map(([code]) => code);

const delta = (value: object, reason: string | null = null, index = 0, id = 'a') => ({
  id,
  choices: [{ index, delta: value, finish_reason: reason }],
});
const text = delta({ content: 'x' });
const stop = delta({}, 'stop');

describe('verdicts', () => {
  it('say how an answer ended', () => {
    expect(verdicts([text, text], false)).toEqual([['streaming', 'Streaming: 2 chunks so far', 1]]);
    expect(verdicts([text, stop, '[DONE]'])).toEqual([['ended', 'Ended with [DONE]', 2]]);
    expect(verdicts([text, stop])).toEqual([['no-terminator', 'Complete, but ended without [DONE]', 1]]);
    expect(verdicts([text])).toEqual([['cut-off', 'Cut off after 1 chunk: no finish reason, no [DONE]', 0]]);
    expect(verdicts([text, text, { error: { message: 'Overloaded' } }])).toEqual([
      ['error-in-stream', 'Error inside the stream after 2 chunks: Overloaded', 2],
    ]);
    expect(verdicts([text, '[DONE]'])[1]).toEqual(['finish-reason-missing', 'No finish reason came', 1]);
  });

  it('name the terminator of the dialect', () => {
    const start = { type: 'message_start', message: {} };
    const whole = [
      start,
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ];
    expect(verdicts(whole)).toEqual([['ended', 'Ended with message_stop', 2]]);
  });

  it('say what a finish reason means, and of which choice', () => {
    expect(verdicts([delta({ content: 'x' }, 'length'), '[DONE]'])[1]).toEqual([
      'stopped-early',
      'Stopped at the token limit',
      0,
    ]);
    const two = verdicts([delta({ content: 'x' }, 'stop'), delta({}, 'content_filter', 1), '[DONE]']);
    expect(two[1]).toEqual(['stopped-early', 'Stopped by a content filter (choice 1)', 1]);
    expect(verdicts([delta({ refusal: 'No.' }, 'stop'), '[DONE]'])[1]).toEqual([
      'refused',
      'The model refused',
      0,
    ]);
  });

  it('tell arguments that are not JSON, once the answer is over', () => {
    const call = delta({ tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{"a":' } }] });
    expect(verdicts([call], false)).toHaveLength(1);
    expect(verdicts([call, delta({}, 'tool_calls'), '[DONE]'])[1]).toEqual([
      'arguments-not-json',
      'The arguments of f are not valid JSON',
      0,
    ]);
    const custom = delta({ tool_calls: [{ index: 0, type: 'custom', custom: { name: 'f', input: 'a b' } }] });
    expect(codes([custom, delta({}, 'tool_calls'), '[DONE]'])).toEqual(['ended']);
  });

  it('tell text after the finish, ids that change and unframed lines, with their entries', () => {
    expect(verdicts([text, stop, text, '[DONE]'])[1]).toEqual([
      'content-after-finish',
      'Text came after the finish reason',
      2,
    ]);
    const rotating = [text, delta({ content: 'y' }, null, 0, 'b'), delta({}, 'stop', 0, 'c'), '[DONE]'];
    expect(verdicts(rotating)[1]).toEqual(['id-rotates', 'The id changes from chunk to chunk', 1]);
    expect(verdicts([text, 'unframed {"a":1}', stop, '[DONE]'])[1]).toEqual([
      'unframed-lines',
      'Lines outside of any event',
      1,
    ]);
  });

  it('tell a second answer, and worse if the first was cut', () => {
    const twice = allVerdicts(folded([text, stop, '[DONE]', text, stop, '[DONE]']));
    expect(twice[0]).toHaveLength(1);
    expect(twice[1]?.[1]).toMatchObject({ code: 'several-answers', severity: 'note', seqs: [2, 3] });
    const retried = [{ error: { message: 'x' } }, delta({ content: 'y' }, 'stop', 0, 'b'), '[DONE]'];
    expect(allVerdicts(folded(retried))[1]?.[1]).toMatchObject({ severity: 'warn' });
  });
});

describe('repetition', () => {
  const long = 'The tide comes in twice a day. ';
  const say = (content: string) => delta({ content });

  it('is told of a chunk that was sent twice, and of text sent from its beginning', () => {
    expect(verdicts([say(long), say(long), stop, '[DONE]'])[1]).toEqual([
      'delta-repeated',
      'A chunk was sent twice',
      1,
    ]);
    const whole = `${long}And out again.`;
    expect(verdicts([say(whole), say(`${whole} So`), stop, '[DONE]'])[1]).toEqual([
      'text-repeated',
      'Chunks repeat the text so far',
      1,
    ]);
  });

  it.each([['ha '], ['-'.repeat(40)], ['| --- | --- | --- | --- | --- |'], ['no no no no no no no no no ']])(
    'is not told of %j, which models do write twice',
    (piece) => expect(codes([say(piece), say(piece), stop, '[DONE]'])).toEqual(['ended']),
  );
});

describe('usage', () => {
  const used = (usage: object) => ({ id: 'a', choices: [], usage });

  it('contradicts a text that is too long for it', () => {
    const events = [delta({ content: 'x'.repeat(500) }), stop, used({ completion_tokens: 4 }), '[DONE]'];
    expect(verdicts(events)[1]).toEqual([
      'usage-contradicts-text',
      'Usage says 4 output tokens, but 500 characters came',
      2,
    ]);
  });

  it('does not contradict a text that is shorter: reasoning may be hidden', () => {
    expect(codes([text, stop, used({ completion_tokens: 4000 }), '[DONE]'])).toEqual(['ended']);
  });

  it('does not add up when the total is less than its parts', () => {
    const events = [text, stop, used({ prompt_tokens: 5, completion_tokens: 4, total_tokens: 8 }), '[DONE]'];
    expect(codes(events)).toEqual(['ended', 'usage-does-not-add-up']);
  });
});

describe('buffering', () => {
  /** So many chunks at each of these times. */
  function bursts(times: readonly number[], each: number, requestSentMs: number | null = null) {
    const fold = createFold();
    let seq = 0;
    for (const atMs of times) {
      for (let chunk = 0; chunk < each; chunk += 1) {
        fold.push({ type: 'message', data: JSON.stringify(delta({ content: `w${seq}` })), seq, atMs });
        seq += 1;
      }
    }
    return allVerdicts(fold.view(), requestSentMs)[0]?.filter(({ code }) => code === 'buffered') ?? [];
  }

  it('is told by bursts with silence between them, and names where each began', () => {
    expect(bursts([0, 2000, 4000], 30)).toMatchObject([
      {
        text: 'Chunks came in 3 bursts of about 30: something buffers',
        seqs: [30, 60],
        explanation: expect.stringContaining('X-Accel-Buffering: no') as unknown,
      },
    ]);
  });

  it('is told when everything comes at once, long after the request', () => {
    expect(bursts([5000], 60, 0)).toMatchObject([
      { text: 'All 60 chunks came at once, after 5.0 s: something buffers' },
    ]);
    expect(bursts([5000], 60)).toEqual([]);
    expect(bursts([500], 60, 0)).toEqual([]);
  });

  it('is not told of an even stream, a fast one, or one with a pause', () => {
    expect(
      bursts(
        Array.from({ length: 100 }, (_, at) => at * 600),
        1,
      ),
    ).toEqual([]);
    expect(
      bursts(
        Array.from({ length: 10 }, (_, at) => at * 5),
        30,
      ),
    ).toEqual([]);
    expect(bursts([0, 20, 40, 60, 900], 10)).toEqual([]);
  });
});

it('knows the terminator of AI SDK UI messages', () => {
  const parts = [
    { type: 'start', messageId: 'm' },
    { type: 'text-start', id: 't' },
    { type: 'text-delta', id: 't', delta: 'Skua' },
    { type: 'text-end', id: 't' },
    { type: 'finish' },
  ];
  expect(verdicts([...parts, '[DONE]'])[0]).toEqual(['ended', 'Ended with [DONE]', 5]);
  expect(verdicts(parts)[0]).toEqual(['no-terminator', 'Complete, but ended without [DONE]', 4]);
});
