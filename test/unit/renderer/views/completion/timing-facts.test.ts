import { describe, expect, it } from 'vitest';
import {
  gapFacts,
  requestTimes,
  timingFacts,
  tokenRate,
  usageRows,
} from '../../../../../src/renderer/views/completion/timing-facts.ts';
import type { Completion } from '../../../../../src/shared/chat/completion.ts';
import { createFold } from '../../../../../src/shared/chat/fold.ts';
import type { NumberedJournalEntry } from '../../../../../src/shared/session/entry.ts';
import { recordedLog } from '../../../../support/recorded-log.ts';

function completionAt(...events: readonly (readonly [atMs: number, delta: object])[]): Completion {
  const fold = createFold();
  for (const [seq, [atMs, delta]] of events.entries()) {
    const data = JSON.stringify({ choices: [{ index: 0, delta }], usage: { completion_tokens: 11 } });
    fold.push({ type: 'message', data, seq: seq + 10, atMs });
  }
  const [completion] = fold.view();
  if (!completion) throw new Error('No completion');
  return completion;
}

const JOURNAL = [
  { seq: 0, atMs: 100, entry: { kind: 'attempt-start', attempt: 1 } },
  { seq: 1, atMs: 150, entry: { kind: 'response-head', attempt: 1 } },
  { seq: 40, atMs: 900, entry: { kind: 'attempt-start', attempt: 2 } },
] as unknown as NumberedJournalEntry[];

describe('times of an answer', () => {
  it('count from when its request was sent', () => {
    const completion = completionAt(
      [200, {}],
      [260, { reasoning: 'r' }],
      [300, { content: 'a' }],
      [420, { content: 'b' }],
    );
    const facts = timingFacts(completion, JOURNAL);
    expect(facts.map(({ name, value, seq }) => [name, value, seq])).toEqual([
      ['Response head', 50, null],
      ['First event', 100, 10],
      ['First reasoning', 160, 11],
      ['First answer chunk', 200, 12],
      ['Last chunk', 320, 13],
    ]);
    expect(facts[1]?.definition).toContain('since the request was sent');
  });

  it('count from the first event when the request is not known', () => {
    const facts = timingFacts(completionAt([200, {}], [300, { content: 'a' }]), []);
    expect(facts.map(({ name, value }) => [name, value])).toEqual([
      ['First event', 0],
      ['First answer chunk', 100],
      ['Last chunk', 100],
    ]);
    expect(facts[1]?.definition).toContain('since the first event');
  });

  it('take the request of the attempt that brought the answer', async () => {
    expect(requestTimes(JOURNAL, 39)).toEqual({ sentAtMs: 100, headAtMs: 150 });
    expect(requestTimes(JOURNAL, 41)).toEqual({ sentAtMs: 900, headAtMs: null });
    const journal = await recordedLog([{ reads: ['data: a\n\n'] }]).journal();
    expect(requestTimes(journal, 1)).toEqual({ sentAtMs: 0, headAtMs: null });
  });
});

describe('gaps between chunks', () => {
  it('are ranked, and the longest is named by the chunk after it', () => {
    const times = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 590].map((at) => [at, { content: 'x' }] as const);
    expect(gapFacts(completionAt(...times))).toEqual({ p50: 10, p95: 500, max: 500, maxSeq: 20 });
  });

  it('need two chunks', () => {
    expect(gapFacts(completionAt([0, {}], [5, { content: 'a' }]))).toBeNull();
  });
});

describe('tokens a second', () => {
  it('are measured by what usage says', () => {
    const rate = tokenRate(completionAt([0, {}], [1000, { content: 'a' }], [3000, { content: 'b' }]));
    expect(rate?.value).toBe(5);
    expect(rate?.definition).toContain('11 output tokens');
  });

  it('are not guessed', () => {
    const completion = completionAt([1000, { content: 'a' }], [3000, { content: 'b' }]);
    expect(tokenRate({ ...completion, usage: null })).toBeNull();
    expect(tokenRate(completionAt([1000, { content: 'a' }]))).toBeNull();
  });
});

describe('usage', () => {
  it('is rows in the order and with the names of the provider', () => {
    expect(usageRows({ total_tokens: 3, details: { cached: 1, none: null }, tier: 'x', list: [1] })).toEqual([
      { name: 'total_tokens', value: '3', depth: 0 },
      { name: 'details', value: '', depth: 0 },
      { name: 'cached', value: '1', depth: 1 },
      { name: 'tier', value: 'x', depth: 0 },
      { name: 'list', value: '…', depth: 0 },
    ]);
  });

  it('is bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at]));
    expect(usageRows(many)).toHaveLength(100);
    let deep: Record<string, unknown> = {};
    for (let at = 0; at < 5000; at += 1) deep = { deep };
    expect(usageRows(deep).length).toBeLessThan(10);
  });
});
