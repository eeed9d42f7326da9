import { describe, expect, it } from 'vitest';
import { applyLogprobs } from '../../../../src/shared/chat/token-logprobs.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('probabilities of tokens', () => {
  it('are taken from the shape of chat and from that of completions', () => {
    const { choice } = draft();
    const top_logprobs = [{ token: 'b', logprob: -2 }, { token: 'no number' }];
    applyLogprobs(choice, { content: [{ token: 'a', logprob: -1, top_logprobs }] }, eventAt(1));
    const top = [{ c: -3, d: -4 }];
    applyLogprobs(choice, { tokens: ['c'], token_logprobs: [-3], top_logprobs: top }, eventAt(2));
    expect(choice.rich.contentLogprobs).toEqual({
      tokens: ['a', 'c'],
      logprobs: [-1, -3],
      alternatives: [
        [{ token: 'b', logprob: -2 }],
        [
          { token: 'c', logprob: -3 },
          { token: 'd', logprob: -4 },
        ],
      ],
      seqs: [1, 2],
    });
  });

  it.each([null, 'x', { content: 'x', tokens: 3 }, { content: [null, { logprob: 'x' }], tokens: [1, 'a'] }])(
    'of %j are none',
    (value) => {
      const { choice } = draft();
      applyLogprobs(choice, value, eventAt(1));
      expect(choice.rich.contentLogprobs.tokens).toEqual([]);
    },
  );
});
