import { describe, expect, it } from 'vitest';
import { firstEntryFrom, nearestEntry } from '../../../../../src/renderer/views/timeline/entry-at.ts';
import { rowPage } from '../../../../support/row-pages.ts';

/** Entry n came at n times 10 ms. */
function setup(count: number) {
  let questions = 0;
  const rows = async (from: number, wanted: number) => {
    questions += 1;
    return rowPage(from, Math.max(0, Math.min(wanted, count - from)));
  };
  return { rows, questions: () => questions };
}

describe('entries by time', () => {
  it('are found among a million with twenty questions', async () => {
    const { rows, questions } = setup(1_000_000);
    expect(await firstEntryFrom(1234, 1_000_000, rows)).toBe(124);
    expect(questions()).toBeLessThanOrEqual(21);
  });

  it('are found at both ends', async () => {
    const { rows } = setup(10);
    expect(await firstEntryFrom(-5, 10, rows)).toBe(0);
    expect(await firstEntryFrom(90, 10, rows)).toBe(9);
    expect(await firstEntryFrom(91, 10, rows)).toBe(10);
    expect(await firstEntryFrom(5, 0, rows)).toBe(0);
  });

  it('are the nearest in their lane, and not too far off', async () => {
    const { rows } = setup(1000);
    const lane = { name: 't', isEventType: true };
    expect((await nearestEntry(5004, lane, 20, 1000, rows))?.seq).toBe(500);
    expect((await nearestEntry(5006, null, 20, 1000, rows))?.seq).toBe(501);
    expect(await nearestEntry(5004, { name: 'other type', isEventType: true }, 20, 1000, rows)).toBeNull();
    expect(await nearestEntry(5004, { name: 't', isEventType: false }, 20, 1000, rows)).toBeNull();
    expect(await nearestEntry(99_999, lane, 20, 1000, rows)).toBeNull();
  });
});
