import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../../src/shared/chat/completion.ts';
import { createFold } from '../../../../src/shared/chat/fold.ts';
import { replayLine, SHORT_GAP_MS } from '../../../../src/shared/chat/replay-line.ts';

const chunk = (delta: object, finish: string | null = null): string =>
  JSON.stringify({ id: 'a', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] });

/** Role, two words with a long gap between them, the finish reason, and the terminator. */
function answer(): Completion {
  const fold = createFold();
  const events: [number, number, string][] = [
    [2, 100, chunk({ role: 'assistant' })],
    [3, 150, chunk({ content: 'Low' })],
    [7, 5150, chunk({ content: ' tide' })],
    [8, 5160, chunk({}, 'stop')],
    [9, 5170, '[DONE]'],
  ];
  for (const [seq, atMs, data] of events) fold.push({ type: 'message', data, seq, atMs });
  return fold.view()[0] as Completion;
}

describe('the line of a replay', () => {
  it('has the events of the answer at their own pace, from 0 on', () => {
    expect(replayLine(answer(), false)).toEqual({
      seqs: [2, 3, 7, 8, 9],
      atMs: [0, 50, 5050, 5050, 5050],
      lengthMs: 5050,
      leftOutMs: 0,
    });
  });

  it('shortens long gaps when asked, and says by how much', () => {
    expect(replayLine(answer(), true)).toEqual({
      seqs: [2, 3, 7, 8, 9],
      atMs: [0, 50, 50 + SHORT_GAP_MS, 50 + SHORT_GAP_MS, 50 + SHORT_GAP_MS],
      lengthMs: 50 + SHORT_GAP_MS,
      leftOutMs: 5000 - SHORT_GAP_MS,
    });
  });

  it('is one event long for an answer of one event', () => {
    const fold = createFold();
    fold.push({ type: 'message', data: chunk({ content: 'Ebb' }, 'stop'), seq: 4, atMs: 9 });
    expect(replayLine(fold.view()[0] as Completion, false)).toEqual({
      seqs: [4],
      atMs: [0],
      lengthMs: 0,
      leftOutMs: 0,
    });
  });
});
