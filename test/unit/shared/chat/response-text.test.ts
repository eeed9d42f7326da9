import { describe, expect, it } from 'vitest';
import { createPartTracker } from '../../../../src/shared/chat/part-tracker.ts';
import { createResponseText } from '../../../../src/shared/chat/response-text.ts';

const at = (seq: number) => ({ type: 'message', data: '', json: undefined, seq, atMs: 0, attempt: 0 });

function parts() {
  const tracker = createPartTracker(at(0));
  const choice = tracker.choice(0);
  return { tracker, choice, text: createResponseText(tracker, () => choice) };
}

describe('the texts of a response', () => {
  it('get from the whole only what the pieces left out', () => {
    const { choice, text } = parts();
    text.append('a', 'content', 'Si', at(1));
    text.whole('a', 'content', 'Six.', at(2));
    text.whole('a', 'content', '', at(3));
    expect(choice.content).toEqual({ pieces: ['Si', 'x.'], seqs: [1, 2] });
  });

  it('replace only the part that the whole contradicts, with a finding', () => {
    const { choice, text, tracker } = parts();
    text.append('a', 'content', 'Six', at(1));
    text.append('b', 'content', 'tied', at(2));
    text.append('c', 'content', ' low', at(3));
    text.whole('b', 'content', ' tide', at(4));
    text.settle();
    expect(choice.content).toEqual({ pieces: ['Six', ' low', ' tide'], seqs: [1, 3, 4] });
    expect(tracker.view('x', true).diagnostics).toMatchObject([{ code: 'text-differs', seq: 4 }]);
  });
});
