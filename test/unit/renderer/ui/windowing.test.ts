import { describe, expect, it } from 'vitest';
import {
  isCompressed,
  MAX_SCROLL_HEIGHT,
  maxTop,
  pageRows,
  rowsAround,
  rowsInView,
  scrollHeight,
  scrollTopOf,
  topCentring,
  topOf,
  topShowing,
} from '../../../../src/renderer/ui/windowing.ts';

const list = (rowCount: number, viewportHeight = 600) => ({ rowHeight: 24, rowCount, viewportHeight });

describe('a list below the height cap', () => {
  it('scrolls pixel by pixel', () => {
    const short = list(1000);
    expect(isCompressed(short)).toBe(false);
    expect(scrollHeight(short)).toBe(24_000);
    for (const at of [0, 1, 777.5, 23_400]) expect(scrollTopOf(topOf(at, short), short)).toBe(at);
  });

  it('does not scroll beyond its ends', () => {
    expect(topOf(-20, list(1000))).toBe(0);
    expect(topOf(1e9, list(1000))).toBe(23_400);
    expect(topOf(300, list(3))).toBe(0);
  });
});

describe('a list of ten million rows', () => {
  const long = list(10_000_000);
  const scrollMax = scrollHeight(long) - long.viewportHeight;

  it('stays below the cap', () => {
    expect(isCompressed(long)).toBe(true);
    expect(scrollHeight(long)).toBe(MAX_SCROLL_HEIGHT);
  });

  it('reaches its first and its last row', () => {
    expect(topOf(0, long)).toBe(0);
    expect(topOf(scrollMax, long)).toBe(maxTop(long));
    expect(rowsInView(topOf(scrollMax, long), long).end).toBe(10_000_000);
  });

  it('moves by exact pixels near both ends', () => {
    expect(topOf(1234, long)).toBe(1234);
    expect(maxTop(long) - topOf(scrollMax - 1234, long)).toBeCloseTo(1234, 3);
  });

  it('is monotone, and its inverse undoes it', () => {
    let before = -1;
    for (let at = 0; at <= scrollMax; at += scrollMax / 997) {
      const top = topOf(at, long);
      expect(top).toBeGreaterThan(before);
      expect(scrollTopOf(top, long)).toBeCloseTo(at, 3);
      before = top;
    }
  });
});

describe('rows to draw', () => {
  it('cover what is in view, with some to spare on both sides', () => {
    for (const top of [0, 1, 23, 24, 100, 5000.5, 23_399, 23_400]) {
      const drawn = rowsAround(top, list(1000));
      const seen = rowsInView(top, list(1000));
      expect(drawn.first).toBeLessThanOrEqual(seen.first);
      expect(drawn.end).toBeGreaterThanOrEqual(seen.end);
      expect(drawn.end).toBeLessThanOrEqual(1000);
    }
  });

  it('keep their number while scrolling, so that elements can be reused', () => {
    const sizes = new Set(
      [0, 96, 5000, 23_400].map((top) => rowsAround(top, list(1000)).end - rowsAround(top, list(1000)).first),
    );
    expect(sizes.size).toBe(1);
  });

  it('stay the same for a small scroll', () => {
    expect(rowsAround(192, list(1000))).toEqual(rowsAround(383, list(1000)));
    expect(rowsAround(384, list(1000))).not.toEqual(rowsAround(383, list(1000)));
  });

  it('are none in an empty list, and all in a short one', () => {
    expect(rowsAround(0, list(0))).toEqual({ first: 0, end: 0 });
    expect(rowsAround(0, list(3))).toEqual({ first: 0, end: 3 });
  });
});

describe('showing a row', () => {
  it('does not move when the row is in view', () => {
    expect(topShowing(10, 100, list(1000))).toBe(100);
  });

  it('moves as little as it can', () => {
    expect(topShowing(2, 100, list(1000))).toBe(48);
    expect(topShowing(50, 100, list(1000))).toBe(51 * 24 - 600);
  });

  it('centres it when asked, within the ends', () => {
    expect(topCentring(500, list(1000))).toBe(500 * 24 + 12 - 300);
    expect(topCentring(0, list(1000))).toBe(0);
    expect(topCentring(999, list(1000))).toBe(23_400);
  });

  it('pages by what fits, and by one row at least', () => {
    expect(pageRows(list(1000))).toBe(24);
    expect(pageRows(list(1000, 10))).toBe(1);
  });
});
