import { describe, expect, it } from 'vitest';
import {
  columnsFor,
  columnStyle,
  NO_DELTA,
  NO_ID,
} from '../../../../../src/renderer/views/events/columns.ts';

describe('columns of the event list', () => {
  it('are as wide as the numbers and times of the session', () => {
    const small = columnsFor(1000, 100, 5000).widths;
    const large = columnsFor(1000, 10_000_000, 36_000_000).widths;
    expect(large.seq).toBeGreaterThan(small.seq);
    expect(large.time).toBeGreaterThan(small.time);
  });

  it('leave room for data, and the more the fewer they are', () => {
    expect(columnsFor(1280, 100, 0).room).toBeGreaterThan(80);
    expect(columnsFor(NO_ID, 100, 0).room).toBeGreaterThan(columnsFor(NO_ID + 1, 100, 0).room);
    expect(columnsFor(NO_DELTA, 100, 0).room).toBeGreaterThan(columnsFor(NO_DELTA + 1, 100, 0).room);
  });

  it('never ask for more than a preview has, or for nothing', () => {
    expect(columnsFor(10_000, 1, 0).room).toBe(200);
    expect(columnsFor(0, 1, 0).room).toBe(8);
  });

  it('are styles', () => {
    expect(columnStyle(columnsFor(1000, 100, 5000))).toMatch(
      /^--col-seq: \d+px; --col-time: \d+px; --col-delta: 72px;/,
    );
  });
});
