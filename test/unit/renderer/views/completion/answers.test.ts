import { describe, expect, it } from 'vitest';
import { answerHolding, entryTime } from '../../../../../src/renderer/views/completion/answers.ts';
import { createFold } from '../../../../../src/shared/chat/fold.ts';

function completions() {
  const fold = createFold();
  const push = (seq: number, data: string) => fold.push({ type: 'message', data, seq, atMs: seq * 10 });
  const chunk = '{"choices":[{"index":0,"delta":{"content":"x"}}]}';
  push(2, chunk);
  push(4, chunk);
  push(5, '[DONE]');
  push(9, chunk);
  push(11, '[DONE]');
  return fold.view();
}

describe('an entry', () => {
  it('belongs to the answer that it lies in', () => {
    const answers = completions();
    expect([1, 2, 3, 5, 6, 8, 9, 11, 12].map((seq) => answerHolding(answers, seq))).toEqual([
      null,
      0,
      0,
      0,
      null,
      null,
      1,
      1,
      null,
    ]);
    expect(answerHolding([], 3)).toBeNull();
  });

  it('has a time when it carried a part of the answer', () => {
    const [first] = completions();
    if (!first) throw new Error('No completion');
    expect([2, 3, 4, 5].map((seq) => entryTime(first, seq))).toEqual([20, null, 40, null]);
  });
});
