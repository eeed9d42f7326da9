import { describe, expect, it } from 'vitest';
import { chunkLengths } from '../../../../../src/shared/chat/timing/chunk-lengths.ts';
import { speedCurve } from '../../../../../src/shared/chat/timing/speed-curve.ts';
import { timedAnswer } from '../../../../support/timed-answer.ts';

describe('the text of each chunk', () => {
  it('is that of all texts together', () => {
    const answer = timedAnswer([
      [0, { role: 'assistant' }],
      [1, { reasoning: 'abc' }],
      [2, { content: 'de', reasoning: 'f' }],
      [3, { tool_calls: [{ index: 0, id: 't', function: { name: 'n', arguments: '{"a":1}' } }] }],
    ]);
    expect([...chunkLengths(answer)]).toEqual([3, 3, 7]);
  });
});

describe('the speed over an answer', () => {
  const answer = timedAnswer([
    [1000, { content: 'first' }],
    [1050, { content: '1234567890' }],
    [1060, { content: '12345' }],
    [1950, { content: '12345' }],
    [2000, { content: '12345' }],
  ]);

  it('is characters a second in equal steps, without the first chunk', () => {
    const curve = speedCurve(answer, null);
    expect(curve).toMatchObject({ unit: 'characters', basis: 'measured', peak: 150 });
    expect(curve?.steps).toHaveLength(10);
    expect(curve?.steps[0]).toEqual({ fromMs: 1000, toMs: 1100, rate: 150, chunks: 2, seq: 11 });
    expect(curve?.steps[1]).toMatchObject({ rate: 0, chunks: 0, seq: null });
    expect(curve?.steps[9]).toMatchObject({ rate: 100, chunks: 2, seq: 13 });
  });

  it('is tokens a second where their number is known', () => {
    const tokens = { total: 10, streamed: 6, basis: 'measured', note: '' } as const;
    const curve = speedCurve(answer, tokens);
    expect(curve).toMatchObject({ unit: 'tokens', basis: 'measured' });
    expect(curve?.peak).toBeCloseTo(30);
  });

  it('needs three chunks, text and time', () => {
    expect(
      speedCurve(
        timedAnswer([
          [0, { content: 'a' }],
          [9, { content: 'b' }],
        ]),
        null,
      ),
    ).toBeNull();
    const atOnce = timedAnswer([0, 1, 2].map(() => [5, { content: 'a' }]));
    expect(speedCurve(atOnce, null)).toBeNull();
  });
});
