import { describe, expect, it } from 'vitest';
import { choiceAt } from '../../../../src/shared/chat/choice-at.ts';
import type { Choice } from '../../../../src/shared/chat/completion.ts';
import { createFold } from '../../../../src/shared/chat/fold.ts';

const chunk = (delta: object, more: object = {}): string =>
  JSON.stringify({ id: 'a', model: 'm', choices: [{ index: 0, delta, finish_reason: null, ...more }] });
const logprobs = (token: string): object => ({
  logprobs: { content: [{ token, logprob: -0.1, bytes: null, top_logprobs: [] }], refusal: null },
});

const EVENTS: readonly string[] = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ reasoning_content: 'The moon' }),
  chunk({ reasoning_content: ' pulls.' }),
  chunk({ content: 'High' }, logprobs('High')),
  chunk({ content: ' water' }, logprobs(' water')),
  chunk({
    annotations: [
      {
        type: 'url_citation',
        url_citation: { url: 'https://example.org/tides', title: 'Tides', start_index: 0, end_index: 4 },
      },
    ],
  }),
  chunk({ audio: { id: 'au', data: 'AAAA', transcript: 'High' } }),
  chunk({ audio: { data: 'AAAAAAAA' } }),
  chunk({ tool_calls: [{ index: 0, id: 't', type: 'function', function: { name: 'tide', arguments: '' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '{"at":' } }] }),
  chunk({ tool_calls: [{ index: 0, function: { arguments: '"noon"}' } }] }),
  chunk({ refusal: 'No' }),
  chunk({}, { finish_reason: 'stop' }),
  '[DONE]',
];

function folded(count: number): Choice | undefined {
  const fold = createFold();
  for (const [at, data] of EVENTS.slice(0, count).entries()) {
    fold.push({ type: 'message', data, seq: 10 + at * 2, atMs: at });
  }
  return fold.view()[0]?.choices[0];
}

describe('a choice at an entry', () => {
  it('is what a fold up to that entry holds, after each event', () => {
    const whole = folded(EVENTS.length) as Choice;
    expect(whole.audio).not.toBeNull();
    expect(whole.citations).toHaveLength(1);
    expect(whole.toolCalls).toHaveLength(1);
    for (let count = 1; count <= EVENTS.length; count += 1) {
      const seq = 10 + (count - 1) * 2;
      expect(choiceAt(whole, seq), `after ${count} events`).toEqual(folded(count));
      // Entries in between, such as comments, change nothing.
      expect(choiceAt(whole, seq + 1)).toEqual(folded(count));
    }
  });

  it('shares the texts that are whole instead of copying them', () => {
    const whole = folded(EVENTS.length) as Choice;
    const late = choiceAt(whole, 1000);
    expect(late.content).toBe(whole.content);
    expect(late.contentLogprobs).toBe(whole.contentLogprobs);
  });

  it('shows an image that sharpened later without its bytes, which were not kept', () => {
    const whole = folded(EVENTS.length) as Choice;
    const image = {
      key: 'i',
      data: 'AAAA',
      url: '',
      format: 'png',
      prompt: '',
      isComplete: true,
      seqs: [3, 5],
    };
    const images = (seq: number) => choiceAt({ ...whole, images: [image] }, seq).images;
    expect(images(2)).toEqual([]);
    expect(images(4)).toEqual([{ ...image, data: '', isComplete: false, seqs: [3] }]);
    expect(images(5)).toEqual([image]);
  });

  it('leaves out what is known only as it was last', () => {
    const whole = folded(EVENTS.length) as Choice;
    const detail = {
      key: 'd',
      kind: 'thinking',
      text: { pieces: ['a', 'b'], seqs: [1, 2] },
      signature: 's',
      data: null,
      seqs: [1, 2, 3],
    };
    const call = { ...(whole.toolCalls[0] as Choice['toolCalls'][number]), seq: 1, status: 'completed' };
    const cut = choiceAt({ ...whole, reasoningDetails: [detail], toolCalls: [call] }, 1);
    expect(cut.reasoningDetails).toEqual([
      { ...detail, text: { pieces: ['a'], seqs: [1] }, signature: null, seqs: [1] },
    ]);
    expect(cut.toolCalls[0]).toMatchObject({ status: null, arguments: { pieces: [] } });
  });
});
