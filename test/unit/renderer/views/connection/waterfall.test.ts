import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../../../src/renderer/views/connection/waterfall.ts';

describe('the steps of an attempt', () => {
  it('begin where the one before ended', () => {
    const steps = stepsOf({ dnsMs: 5, connectMs: 12, tlsMs: 30, headMs: 90, firstByteMs: 91 });
    expect(steps.map(({ id, fromMs, toMs }) => [id, fromMs, toMs])).toEqual([
      ['dns', 0, 5],
      ['connect', 5, 12],
      ['tls', 12, 30],
      ['head', 30, 90],
      ['body', 90, 91],
    ]);
  });

  it('leave out what did not happen', () => {
    const steps = stepsOf({ dnsMs: null, connectMs: null, tlsMs: null, headMs: 4, firstByteMs: null });
    expect(steps.map(({ id, fromMs, toMs }) => [id, fromMs, toMs])).toEqual([['head', 0, 4]]);
  });

  it('never run backwards, whatever was measured', () => {
    const steps = stepsOf({ dnsMs: 9, connectMs: 8, tlsMs: null, headMs: 10, firstByteMs: 7 });
    for (const step of steps) expect(step.toMs).toBeGreaterThanOrEqual(step.fromMs);
  });
});
