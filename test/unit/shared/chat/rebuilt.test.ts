import { describe, expect, it } from 'vitest';
import { createFold } from '../../../../src/shared/chat/fold.ts';
import { rebuiltCompletion } from '../../../../src/shared/chat/rebuilt.ts';

describe('a rebuilt completion', () => {
  it('has the keys that scripts rely on', () => {
    const fold = createFold();
    const delta = {
      content: 'a',
      tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{}' } }],
    };
    const data = JSON.stringify({
      id: 'i',
      model: 'm',
      choices: [{ index: 0, delta, finish_reason: 'stop' }],
    });
    fold.push({ type: 'message', data, seq: 3, atMs: 1 });
    fold.end();
    expect(fold.view().map(rebuiltCompletion)).toEqual([
      {
        dialect: 'openai-chat',
        id: 'i',
        model: 'm',
        created: null,
        systemFingerprint: null,
        choices: [
          {
            index: 0,
            role: 'assistant',
            content: 'a',
            reasoning: '',
            refusal: '',
            toolCalls: [{ id: 't', type: 'function', name: 'f', arguments: '{}' }],
            finishReason: 'stop',
          },
        ],
        usage: null,
        end: 'complete',
        error: null,
        diagnostics: [],
        firstSeq: 3,
        lastSeq: 3,
      },
    ]);
  });
});
