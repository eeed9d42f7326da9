import { describe, expect, it } from 'vitest';
import {
  bytesText,
  clockText,
  countOf,
  countText,
  durationText,
  rateText,
} from '../../../../src/renderer/ui/measures.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [12_431, '12\u202f431'],
    [1_234_567, '1\u202f234\u202f567'],
  ])('counts %d', (count, text) => {
    expect(countText(count)).toBe(text);
  });

  it('says one of a thing and many of it', () => {
    expect(countOf(1, 'event')).toBe('1 event');
    expect(countOf(0, 'event')).toBe('0 events');
    expect(countOf(2, 'entry', 'entries')).toBe('2 entries');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [3_240_000, '3.2 MB'],
    [99_960, '100 kB'],
    [999_600, '1.0 MB'],
    [5e15, '5000 TB'],
  ])('sizes %d bytes', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [240, '240 ms'],
    [999.6, '1 s'],
    [2400, '2.4 s'],
    [59_960, '1 min 00 s'],
    [252_000, '4 min 12 s'],
    [11_100_000, '3 h 05 min'],
    [-2400, '-2.4 s'],
  ])('lasts %d ms', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('shows a clock that does not run backwards', () => {
    expect(clockText(252_999)).toBe('00:04:12');
    expect(clockText(360_000_000)).toBe('100:00:00');
    expect(clockText(-5)).toBe('00:00:00');
  });

  it.each([
    [0, '0/s'],
    [0.36, '0.4/s'],
    [9.96, '10/s'],
    [118.4, '118/s'],
    [12_431, '12\u202f431/s'],
  ])('rates %d a second', (rate, text) => {
    expect(rateText(rate)).toBe(text);
  });
});
