import { describe, expect, it } from 'vitest';
import { sessionTimeText, wallClockText } from '../../../../src/renderer/ui/time-text.ts';

describe('points in time', () => {
  it('are told in session time to the millisecond', () => {
    expect([0, 4.4, 4120, 61_000, 3_723_456].map(sessionTimeText)).toEqual([
      '0:00.000',
      '0:00.004',
      '0:04.120',
      '1:01.000',
      '1:02:03.456',
    ]);
  });

  it('are rounded up a second together with its minute', () => {
    expect(sessionTimeText(59_999.7)).toBe('1:00.000');
  });

  it('are told by the wall clock in local time', () => {
    const at = new Date(2026, 0, 2, 3, 4, 5, 6);
    expect(wallClockText(at.getTime())).toBe('2026-01-02 03:04:05.006');
  });
});
