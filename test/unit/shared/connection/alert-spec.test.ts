import { expect, it } from 'vitest';
import { hasAlerts, NO_ALERTS } from '../../../../src/shared/connection/alert-spec.ts';

it('is off until one of its parts is set', () => {
  expect(hasAlerts(NO_ALERTS)).toBe(false);
  for (const one of [
    { matches: 'x' },
    { stallMs: 1 },
    { onEnd: true },
    { onFailure: true },
    { onCheckFailed: true },
  ])
    expect(hasAlerts({ ...NO_ALERTS, ...one })).toBe(true);
});
