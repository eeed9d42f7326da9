import { describe, expect, it } from 'vitest';
import { createResponseParts } from '../../../../src/shared/chat/response-parts.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('parts of a response', () => {
  it('count once, however often an item is told', () => {
    const { tracker, choice } = draft();
    const parts = createResponseParts(tracker, () => choice);
    const tool = { type: 'mcp_list_tools', tools: [] };
    const image = { type: 'image_generation_call', result: 'AAAA' };
    for (const seq of [1, 2]) {
      parts.item(0, tool, null, eventAt(seq));
      parts.item(1, image, null, eventAt(seq));
      parts.annotate(2, 0, 0, { type: 'url_citation', url: 'u' }, eventAt(seq));
      parts.tokens('2 0', [{ token: 'a', logprob: -1 }], true, eventAt(seq));
    }
    expect(choice.rich.others.map(({ seq }) => seq)).toEqual([1, 1]);
    expect(choice.rich.images).toMatchObject([{ data: 'AAAA', isComplete: true, seqs: [1] }]);
    expect(choice.rich.citations).toHaveLength(1);
    expect(choice.rich.contentLogprobs.seqs).toEqual([1]);
  });

  it('say whether an event was about sound or an image', () => {
    const { tracker, choice } = draft();
    const parts = createResponseParts(tracker, () => choice);
    expect(parts.media('response.audio.delta', 0, { delta: 'AAAA' }, eventAt(1))).toBe(true);
    expect(parts.media('response.other', 0, {}, eventAt(2))).toBe(false);
    expect(choice.rich.audio?.byteLength).toBe(3);
  });
});
