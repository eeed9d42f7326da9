import { describe, expect, it } from 'vitest';
import type { DialectEvent } from '../../../../src/shared/chat/dialect.ts';
import { createPartTracker } from '../../../../src/shared/chat/part-tracker.ts';
import { rebuiltCompletion } from '../../../../src/shared/chat/rebuilt.ts';

const at = (seq: number): DialectEvent => ({
  type: 'message',
  data: '',
  json: undefined,
  seq,
  atMs: seq,
  attempt: 1,
});

describe('the parts of a rebuilt completion', () => {
  it('are absent when there is nothing to say', () => {
    const tracker = createPartTracker(at(0));
    tracker.choice(0);
    const keys = Object.keys(rebuiltCompletion(tracker.view('x', true)).choices[0] ?? {});
    expect(keys).toEqual(['index', 'role', 'content', 'reasoning', 'refusal', 'toolCalls', 'finishReason']);
  });

  it('have the keys that scripts rely on', () => {
    const tracker = createPartTracker(at(0));
    const choice = tracker.choice(0);
    const { rich } = choice;
    rich.cite({ kind: 'url_citation', url: 'https://a.test', value: {} }, at(1));
    rich.logprob('content', 'a', -1, [], at(2));
    rich.hear({ data: 'AAAA', transcript: 'ah' }, at(3));
    rich.see('0', { data: 'AAA=', format: 'png' }, at(4));
    rich.detail('0', { kind: 'reasoning.encrypted', data: 'x' }, at(5));
    rich.keep('file', { id: 'f' }, at(6));
    choice.facts.note('filter', 'hate', { filtered: false }, at(7));
    tracker.fact('identity', 'service_tier', 'default', at(8));
    tracker.serverTiming('queue_time', 12, at(8));
    const call = choice.tools.find({ index: 0, id: 't', name: 'f' }, 9);
    call.status = 'completed';
    call.signature = 'sig';
    tracker.addResult(call, 'found', at(9));
    expect(rebuiltCompletion(tracker.view('x', true))).toMatchObject({
      facts: [{ kind: 'identity', name: 'service_tier', value: 'default', seq: 8 }],
      serverTimings: [{ name: 'queue_time', valueMs: 12, seq: 8 }],
      choices: [
        {
          toolCalls: [{ results: ['found'], status: 'completed', signature: 'sig' }],
          citations: [
            {
              kind: 'url_citation',
              title: '',
              url: 'https://a.test',
              text: '',
              start: null,
              end: null,
              seq: 1,
            },
          ],
          logprobs: { content: [{ token: 'a', logprob: -1, alternatives: [] }], refusal: [] },
          audio: { id: null, format: null, bytes: 3, transcript: 'ah' },
          images: [{ format: 'png', url: '', bytes: 2, prompt: '', isComplete: false, seqs: [4] }],
          reasoningDetails: [{ kind: 'reasoning.encrypted', text: '', signature: null, data: 'x' }],
          otherParts: [{ type: 'file', value: { id: 'f' }, seq: 6 }],
          facts: [{ kind: 'filter', name: 'hate', value: { filtered: false }, seq: 7 }],
        },
      ],
    });
  });
});
