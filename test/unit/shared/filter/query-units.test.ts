import { describe, expect, it } from 'vitest';
import {
  readDuration,
  readMoment,
  readSize,
  readTimeRange,
} from '../../../../src/shared/filter/query-units.ts';

describe('numbers with units', () => {
  it.each([
    ['512', 512],
    ['4kb', 4096],
    ['1.5MB', 1_572_864],
    ['2Gb', 2 * 1024 ** 3],
    ['-1', null],
    ['1e3', null],
    ['kb', null],
    ['', null],
  ])('reads the size %j as %s', (text, bytes) => {
    expect(readSize(text)).toBe(bytes);
  });

  it.each([
    ['250ms', 250],
    ['1.1s', 1100],
    ['2', 2000],
    ['2M', 120_000],
    ['1h', 3_600_000],
    ['1d', null],
  ])('reads the duration %j as %s', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it.each([
    ['00:01:30', 90_000],
    ['1:30.1', 90_100],
    ['100:00:00', 360_000_000],
    ['90s', 90_000],
    ['1:2:3:4', null],
    ['1:', null],
  ])('reads the moment %j as %s', (text, ms) => {
    expect(readMoment(text)).toBe(ms);
  });

  it('reads stretches that are open at one end, and not at both', () => {
    expect(readTimeRange('-2')).toEqual({ fromMs: -Infinity, toMs: 2000 });
    expect(readTimeRange('3-')).toEqual({ fromMs: 3000, toMs: Infinity });
    expect(readTimeRange('-')).toBeNull();
  });
});
