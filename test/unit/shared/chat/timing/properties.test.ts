import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredAnswer } from '../../../../../src/shared/chat/timing/measured-answer.ts';
import {
  markdownTable,
  metricsTable,
  tsvTable,
} from '../../../../../src/shared/chat/timing/metrics-table.ts';
import { timedAnswer, timedJournal, type TimedEvent } from '../../../../support/timed-answer.ts';

const delta = fc.oneof(
  fc.record({ content: fc.string() }),
  fc.record({ reasoning: fc.string() }),
  fc.constant({}),
  fc.constant({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{}' } }] }),
);
const more = fc.oneof(
  fc.constant({}),
  fc.record({ usage: fc.record({ completion_tokens: fc.oneof(fc.nat(), fc.constant(null), fc.double()) }) }),
);
const events = fc.array(fc.tuple(fc.double({ min: 0, max: 1e7, noNaN: true }), delta, more), {
  minLength: 1,
  maxLength: 60,
});

describe('whatever the answer', () => {
  it('every number is finite and none is negative', () => {
    fc.assert(
      fc.property(events, fc.boolean(), fc.option(fc.nat()), fc.boolean(), (list, ended, estimate, sent) => {
        const completion = timedAnswer(list, ended);
        const answer = measuredAnswer(completion, sent ? timedJournal(5, 9, 3) : [], estimate);
        const numbers = [
          ...answer.metrics.map(({ value }) => value),
          ...(answer.gaps?.histogram ?? []).flatMap(({ fromMs, toMs, count }) => [fromMs, toMs, count]),
          ...(answer.curve?.steps ?? []).flatMap(({ rate, chunks }) => [rate, chunks]),
        ];
        expect(numbers.filter((value) => !Number.isFinite(value) || value < 0)).toEqual([]);
        const chunks = answer.metrics.find(({ id }) => id === 'chunks')?.value ?? 0;
        const counted = (answer.gaps?.histogram ?? []).reduce((sum, { count }) => sum + count, 0);
        expect(counted).toBe(Math.max(0, chunks - 1));
        const table = metricsTable([{ name: 'a', answer }]);
        expect(tsvTable(table) + markdownTable(table)).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 300 },
    );
  });

  it('each chunk is looked at a few times, however many there are', () => {
    const list = Array.from({ length: 5000 }, (_, at): TimedEvent => [at * 7, { content: 'word ' }]);
    const completion = timedAnswer(list);
    let looks = 0;
    const counted = <T>(array: readonly T[]): readonly T[] =>
      new Proxy(array, {
        get(target, key): unknown {
          looks += 1;
          return Reflect.get(target, key);
        },
      });
    const { timing } = completion;
    const watched = { ...timing, deltaAtMs: counted(timing.deltaAtMs), deltaSeqs: counted(timing.deltaSeqs) };
    measuredAnswer({ ...completion, timing: watched }, [], 10);
    expect(looks).toBeGreaterThan(5000);
    expect(looks).toBeLessThan(20 * 5000);
  });
});
