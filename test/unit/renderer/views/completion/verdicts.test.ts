import { describe, expect, it } from 'vitest';
import { verdictsOf } from '../../../../../src/renderer/views/completion/verdicts.ts';
import { createFold } from '../../../../../src/shared/chat/fold.ts';

function verdicts(events: readonly (object | string)[], ended = true) {
  const fold = createFold();
  for (const [seq, data] of events.entries()) {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    fold.push({ type: 'message', data: text, seq, atMs: seq });
  }
  if (ended) fold.end();
  const [completion] = fold.view();
  if (!completion) throw new Error('No completion');
  return verdictsOf(completion);
}
const delta = (value: object, reason: string | null = null, index = 0) => ({
  choices: [{ index, delta: value, finish_reason: reason }],
});

describe('verdicts', () => {
  it('say how an answer ended', () => {
    const text = delta({ content: 'x' });
    const stop = delta({}, 'stop');
    expect(verdicts([text, text], false)).toEqual([
      { tone: 'busy', text: 'Streaming: 2 chunks so far', seq: 1 },
    ]);
    expect(verdicts([text, stop, '[DONE]'])).toEqual([{ tone: 'good', text: 'Ended with [DONE]', seq: 2 }]);
    expect(verdicts([text, stop])).toEqual([
      { tone: 'warn', text: 'Complete, but ended without [DONE]', seq: 1 },
    ]);
    expect(verdicts([text])).toEqual([
      { tone: 'bad', text: 'Cut off after 1 chunk: no finish reason, no [DONE]', seq: 0 },
    ]);
    expect(verdicts([text, text, { error: { message: 'Overloaded' } }])).toEqual([
      { tone: 'bad', text: 'Error inside the stream after 2 chunks: Overloaded', seq: 2 },
    ]);
  });

  it('name the terminator of the dialect', () => {
    const start = { type: 'message_start', message: {} };
    expect(verdicts([start, { type: 'message_stop' }])[0]?.text).toBe('Ended with message_stop');
  });

  it('say what a finish reason means, and of which choice', () => {
    expect(verdicts([delta({ content: 'x' }, 'length'), '[DONE]'])[1]).toEqual({
      tone: 'warn',
      text: 'Stopped at the token limit',
      seq: 0,
    });
    const two = verdicts([delta({ content: 'x' }, 'stop'), delta({}, 'content_filter', 1), '[DONE]']);
    expect(two[1]?.text).toBe('Stopped by a content filter (choice 1)');
  });

  it('say that the model refused', () => {
    expect(verdicts([delta({ refusal: 'No.' }, 'stop'), '[DONE]'])[1]).toEqual({
      tone: 'warn',
      text: 'The model refused',
      seq: 0,
    });
  });

  it('find arguments that are not valid JSON, but not while they form', () => {
    const call = delta({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"a"' } }] });
    expect(verdicts([call], false)).toHaveLength(1);
    expect(verdicts([call, delta({}, 'tool_calls'), '[DONE]'])[1]).toEqual({
      tone: 'bad',
      text: 'The arguments of f are not valid JSON',
      seq: 0,
    });
  });
});
