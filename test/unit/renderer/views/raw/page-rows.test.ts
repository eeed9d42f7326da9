import { describe, expect, it } from 'vitest';
import { createPageRows } from '../../../../../src/renderer/views/raw/page-rows.ts';

describe('rows of the pages of a long text', () => {
  it('are guessed until pages are counted, and exact when all are', () => {
    const rows = createPageRows(600);
    rows.setTotal(1800);
    expect(rows.rowCount).toBe(30);
    expect(rows.exact).toBe(false);
    rows.count(1, 20, 12);
    expect(rows.rowCount).toBe(60);
    rows.count(0, 5, 5);
    rows.count(2, 7, 6);
    expect(rows.rowCount).toBe(32);
    expect(rows.exact).toBe(true);
    expect([0, 1, 2].map((page) => rows.firstRow(page))).toEqual([0, 5, 25]);
  });

  it('are found by their number', () => {
    const rows = createPageRows(600);
    rows.setTotal(1800);
    rows.count(0, 5, 5);
    rows.count(1, 20, 12);
    rows.count(2, 7, 6);
    expect([0, 4, 5, 24, 25, 31].map((row) => rows.locate(row))).toEqual([
      { page: 0, row: 0 },
      { page: 0, row: 4 },
      { page: 1, row: 0 },
      { page: 1, row: 19 },
      { page: 2, row: 0 },
      { page: 2, row: 6 },
    ]);
  });

  it('tell whether the line number of a page is a count', () => {
    const rows = createPageRows(600);
    rows.setTotal(1800);
    rows.count(0, 5, 5);
    rows.count(2, 7, 6);
    expect(rows.firstLine(1)).toEqual({ line: 5, exact: true });
    expect(rows.firstLine(2).exact).toBe(false);
    rows.count(1, 20, 12);
    expect(rows.firstLine(2)).toEqual({ line: 17, exact: true });
    expect(rows.firstLine(3)).toEqual({ line: 23, exact: true });
  });

  it('keep the lines when the width changes', () => {
    const rows = createPageRows(600);
    rows.setTotal(600);
    rows.count(0, 40, 12);
    rows.forgetRows();
    expect(rows.exact).toBe(false);
    expect(rows.nextUncounted).toBe(0);
    expect(rows.firstLine(1)).toEqual({ line: 12, exact: true });
  });

  it('keep the count of a last page that grows until it is counted again', () => {
    const rows = createPageRows(600);
    rows.setTotal(300);
    rows.count(0, 10, 8);
    rows.setTotal(500);
    expect(rows.rowCount).toBe(10);
    expect(rows.nextUncounted).toBe(0);
    rows.count(0, 15, 9);
    expect(rows.rowCount).toBe(15);
    expect(rows.nextUncounted).toBeNull();
  });

  it('go on when pages are added', () => {
    const rows = createPageRows(600);
    rows.setTotal(600);
    rows.count(0, 10, 8);
    rows.setTotal(700);
    expect(rows.nextUncounted).toBe(1);
    expect(rows.firstRow(1)).toBe(10);
    rows.count(1, 2, 2);
    expect(rows.rowCount).toBe(12);
  });

  it('are none of nothing', () => {
    const rows = createPageRows(600);
    expect(rows.rowCount).toBe(0);
    expect(rows.nextUncounted).toBeNull();
    expect(rows.locate(0)).toEqual({ page: 0, row: 0 });
  });
});
