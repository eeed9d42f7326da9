import { describe, expect, it } from 'vitest';
import { createGeminiCalls } from '../../../../src/shared/chat/gemini-calls.ts';
import { createPartTracker } from '../../../../src/shared/chat/part-tracker.ts';

const event = { type: 'message', data: '', json: undefined, seq: 3, atMs: 0, attempt: 0 };

function argumentsOf(...parts: readonly Readonly<Record<string, unknown>>[]): string[] {
  const tracker = createPartTracker(event);
  const calls = createGeminiCalls(tracker);
  for (const part of parts) calls.takeCall(tracker.choice(0), part, '', event);
  return tracker.choice(0).tools.calls.map((call) => call.arguments.pieces.join(''));
}

describe('tool calls of Gemini', () => {
  it('have the empty object as arguments when they come without any', () => {
    expect(argumentsOf({ name: 'now' })).toEqual(['{}']);
  });

  it('are one call while they go on, and another one after the empty part', () => {
    const piece = { partialArgs: [{ jsonPath: '$.a', numberValue: 1 }], willContinue: true };
    expect(argumentsOf({ name: 'x', willContinue: true }, piece, {}, { name: 'y', ...piece }, {})).toEqual([
      '{"a":1}',
      '{"a":1}',
    ]);
  });

  it('keep a value at a path that cannot be read, and one at __proto__, as a key', () => {
    const partialArgs = [
      { jsonPath: 'odd', stringValue: 'x' },
      { jsonPath: '$.__proto__.y', boolValue: true },
    ];
    expect(argumentsOf({ name: 'x', partialArgs })).toEqual(['{"odd":"x","__proto__":{"y":true}}']);
  });

  it('show code as text', () => {
    const tracker = createPartTracker(event);
    createGeminiCalls(tracker).takeCode(tracker.choice(0), { language: 'PYTHON', code: 'print(6)' }, event);
    const [call] = tracker.choice(0).tools.calls;
    expect([call?.type, call?.name, call?.arguments.pieces]).toEqual([
      'executable_code',
      'PYTHON',
      ['print(6)'],
    ]);
  });
});
