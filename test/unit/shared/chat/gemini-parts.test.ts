import { describe, expect, it } from 'vitest';
import { takeCandidateFacts, takeInline } from '../../../../src/shared/chat/gemini-parts.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('parts of a candidate', () => {
  it('have sources alone where nothing says what they support', () => {
    const { choice } = draft();
    const groundingChunks = [{ web: { uri: 'u', title: 't' } }, { odd: 1 }];
    takeCandidateFacts(choice, { groundingMetadata: { groundingChunks } }, eventAt(1));
    takeCandidateFacts(choice, { groundingMetadata: {} }, eventAt(2));
    expect(choice.rich.citations).toMatchObject([
      { kind: 'web', url: 'u', title: 't', seq: 1 },
      { kind: 'grounding', url: '', seq: 1 },
    ]);
  });

  it('keep data that is neither sound nor image', () => {
    const { choice } = draft();
    takeInline(choice, { mimeType: 'application/pdf', data: 'AAAA' }, eventAt(1));
    expect(choice.rich.others).toMatchObject([{ type: 'inlineData', seq: 1 }]);
  });
});
