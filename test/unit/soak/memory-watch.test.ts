import { expect, it } from 'vitest';
import { reportOf } from '../../soak/memory-watch.ts';

const MIB = 2 ** 20;

it('compares the last quarter with the second, and fits a line to what follows the first', () => {
  const samples = Array.from({ length: 40 }, (_, minute) => ({
    atMs: minute * 60_000,
    heapBytes: minute < 10 ? minute * 50 * MIB : 500 * MIB + minute * MIB,
    bufferBytes: 5,
    processBytes: minute,
  }));
  const report = reportOf(samples);
  expect(report.heapBytesPerMinute).toBeCloseTo(MIB, 3);
  expect(report.late.heapBytes - report.early.heapBytes).toBe(20 * MIB);
  expect(report.highest).toEqual({ heapBytes: 539 * MIB, bufferBytes: 5, processBytes: 39 });
});

it('says of a single sample what it is', () => {
  const sample = { atMs: 1, heapBytes: 2, bufferBytes: 3, processBytes: 4 };
  expect(reportOf([sample])).toMatchObject({
    late: { heapBytes: 2, bufferBytes: 3 },
    heapBytesPerMinute: 0,
  });
});
