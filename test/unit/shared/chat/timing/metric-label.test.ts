import { describe, expect, it } from 'vitest';
import { binLabel, metricLabel, stepLabel } from '../../../../../src/shared/chat/timing/metric-label.ts';

describe('measured values', () => {
  it.each([
    [0, 'ms', '0 ms'],
    [0.44, 'ms', '0.4 ms'],
    [240.4, 'ms', '240 ms'],
    [10, 'ms', '10 ms'],
    [2000, 'ms', '2 s'],
    [2414, 'ms', '2.41 s'],
    [20, 'per-second', '20.0/s'],
    [1234.5, 'per-second', '1235/s'],
    [12, 'count', '12'],
  ] as const)('%s %s is %s', (value, unit, text) => {
    expect(metricLabel(value, unit)).toBe(text);
  });

  it('say what a bar stands for', () => {
    expect(binLabel({ fromMs: 5, toMs: 10, count: 1, seq: 3 })).toBe('1 gap of 5 ms to 10 ms');
    const step = { fromMs: 600, toMs: 700, rate: 42, chunks: 3, seq: 1 };
    const curve = { unit: 'tokens', basis: 'estimated', steps: [step], peak: 42 } as const;
    expect(stepLabel(curve, step, 500)).toBe('42.0/s tokens (estimated), 100 ms to 200 ms, 3 chunks');
  });
});
