import { describe, expect, it } from 'vitest';
import { applyChoiceFacts, applyParts } from '../../../../src/shared/chat/openai-parts.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('parts of a delta', () => {
  it('replace what a tool of the server had answered before', () => {
    const { tracker, choice } = draft();
    const tell = (seq: number, more: object) => {
      applyParts(tracker, choice, { executed_tools: [{ index: 0, type: 'search', ...more }] }, eventAt(seq));
    };
    tell(1, { arguments: '{}' });
    tell(2, { arguments: '{}', output: 'one' });
    tell(3, { arguments: '{}', output: 'two' });
    expect(choice.tools.calls).toMatchObject([
      { name: 'search', arguments: { pieces: ['{}'] }, results: [{ value: 'two', seq: 3 }] },
    ]);
  });

  it('keep an image that has no address as it was sent', () => {
    const { tracker, choice } = draft();
    applyParts(tracker, choice, { images: [{ image_url: { url: '' }, id: 'x' }] }, eventAt(1));
    expect(choice.rich.images).toEqual([]);
    expect(choice.rich.others).toMatchObject([{ type: 'image', seq: 1 }]);
  });

  it('survive fields of any shape', () => {
    const { tracker, choice } = draft();
    for (const odd of [null, 1, 'x', [null, 1, 'x'], { a: [] }]) {
      const names = [
        'annotations',
        'images',
        'reasoning_details',
        'executed_tools',
        'audio',
        'extra_content',
      ];
      applyParts(tracker, choice, Object.fromEntries(names.map((name) => [name, odd])), eventAt(1));
      applyChoiceFacts(choice, { logprobs: odd, content_filter_results: odd }, eventAt(1));
    }
    expect(choice.content.pieces).toEqual([]);
  });
});
