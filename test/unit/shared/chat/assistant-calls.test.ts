import { describe, expect, it } from 'vitest';
import { createAssistantCalls } from '../../../../src/shared/chat/assistant-calls.ts';
import { createResponseText } from '../../../../src/shared/chat/response-text.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('the calls of an assistant', () => {
  it('are told apart by their step', () => {
    const { tracker, choice } = draft();
    const text = createResponseText(tracker, () => choice);
    const calls = createAssistantCalls(tracker, text, () => choice);
    for (const id of ['step_1', 'step_2']) {
      const tool_calls = [{ index: 0, type: 'function', function: { name: id, arguments: '{}' } }];
      calls.takeStep({ id, delta: { step_details: { tool_calls } } }, eventAt(1));
    }
    expect(choice.tools.calls.map(({ name }) => name)).toEqual(['step_1', 'step_2']);
  });
});
