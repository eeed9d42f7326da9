import { describe, expect, it } from 'vitest';
import { dayTitle, timeOfDay } from '../../../../src/renderer/ui/day-text.ts';

const at = (year: number, month: number, day: number, hour = 12, minute = 0): number =>
  new Date(year, month - 1, day, hour, minute).getTime();

describe('days', () => {
  const now = at(2026, 3, 18, 0, 5);

  it.each([
    ['the same day', at(2026, 3, 18, 0, 1), 'Today'],
    ['minutes ago, before midnight', at(2026, 3, 17, 23, 59), 'Yesterday'],
    ['two days ago', at(2026, 3, 16), 'Monday'],
    ['six days ago', at(2026, 3, 12), 'Thursday'],
    ['a week ago', at(2026, 3, 11), '11 Mar'],
    ['last year', at(2025, 12, 31), '31 Dec 2025'],
    ['in the future, by a clock that was set', at(2026, 3, 20), '20 Mar'],
  ])('names %s', (_what, then, title) => {
    expect(dayTitle(then, now)).toBe(title);
  });

  it('counts calendar days over a change of the clocks', () => {
    expect(dayTitle(at(2026, 3, 28, 23), at(2026, 3, 29, 23))).toBe('Yesterday');
  });

  it('shows hours and minutes', () => {
    expect(timeOfDay(at(2026, 3, 18, 8, 4))).toBe('08:04');
  });
});
