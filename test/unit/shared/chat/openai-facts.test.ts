import { describe, expect, it } from 'vitest';
import { takeChunkFacts } from '../../../../src/shared/chat/openai-facts.ts';
import { draft, eventAt } from '../../../support/chat-draft.ts';

describe('what a chunk says about the answer', () => {
  it('names sources by search results where there are some', () => {
    const { tracker, choice } = draft();
    takeChunkFacts(tracker, { citations: ['u1'] }, eventAt(1));
    expect(choice.rich.citations).toMatchObject([{ kind: 'url', url: 'u1', seq: 1 }]);
    takeChunkFacts(tracker, { citations: ['u1'], search_results: [{ url: 'u1', title: 't' }] }, eventAt(2));
    expect(choice.rich.citations).toMatchObject([{ kind: 'search_result', url: 'u1', title: 't' }]);
  });

  it('turns seconds into milliseconds and leaves counts alone', () => {
    const { tracker } = draft();
    takeChunkFacts(
      tracker,
      { time_info: { queue_time: 0.5, created: 1 }, usage: { total_time: 2 } },
      eventAt(1),
    );
    expect(tracker.view('x', false).serverTimings).toEqual([
      { name: 'total_time', valueMs: 2000, seq: 1 },
      { name: 'queue_time', valueMs: 500, seq: 1 },
    ]);
  });

  it('tells prompts apart when there are several', () => {
    const { tracker } = draft();
    const results = [0, 1].map((prompt_index) => ({ prompt_index, content_filter_results: { hate: {} } }));
    takeChunkFacts(tracker, { prompt_filter_results: results }, eventAt(1));
    expect(tracker.view('x', false).facts.map(({ name }) => name)).toEqual([
      'hate (prompt 0)',
      'hate (prompt 1)',
    ]);
  });
});
