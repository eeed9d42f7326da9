import { describe, expect, it } from 'vitest';
import { takeBlockStart } from '../../../../src/shared/chat/anthropic-parts.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('blocks of other kinds', () => {
  it('are kept when a result belongs to no call, or their kind is unknown', () => {
    const { tracker, choice } = draft();
    takeBlockStart(tracker, choice, 0, { type: 'x_tool_result', tool_use_id: 'none' }, eventAt(1));
    takeBlockStart(tracker, choice, 1, { type: 'fallback', from: 'a' }, eventAt(2));
    expect(choice.rich.others.map(({ type, seq }) => [type, seq])).toEqual([
      ['x_tool_result', 1],
      ['fallback', 2],
    ]);
  });
});
