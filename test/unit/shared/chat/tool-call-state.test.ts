import { describe, expect, it } from 'vitest';
import { toolCallState } from '../../../../src/shared/chat/tool-call-state.ts';

describe('arguments of a tool call', () => {
  it.each([
    ['function', '', false, 'forming'],
    ['function', '{"a":', false, 'forming'],
    ['function', '{"a":{}', false, 'forming'],
    ['function', '{"a":1} ', false, 'valid'],
    ['function', '{"a":1}', true, 'valid'],
    ['function', '"text"', true, 'valid'],
    ['function', '{"a":', true, 'invalid'],
    ['function', '', true, 'invalid'],
    ['tool_use', '{}', true, 'valid'],
    ['custom', 'select 1', false, 'text'],
    ['custom', '', true, 'text'],
  ])('of type %s, %j, over: %s, are %s', (type, text, over, state) => {
    expect(toolCallState(type, text, over)).toBe(state);
  });
});
