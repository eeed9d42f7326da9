import { describe, expect, it } from 'vitest';
import { createRowCache, type RowCache } from '../../../../src/renderer/mirror/row-cache.ts';
import type { RowPage } from '../../../../src/shared/session/row.ts';
import { rowPage } from '../../../support/row-pages.ts';

interface Question {
  readonly from: number;
  answer(page?: RowPage): Promise<void>;
  fail(message: string): Promise<void>;
}

/** A cache whose questions are answered by hand. */
function setup(options: { maxPages?: number; total?: number } = {}) {
  const { maxPages = 3, total = 10_000 } = options;
  const questions: Question[] = [];
  const errors: string[] = [];
  let arrivals = 0;
  const cache: RowCache = createRowCache({
    pageRows: 10,
    maxPages,
    fetchRows: (from, count) =>
      new Promise((resolve, reject) => {
        questions.push({
          from,
          async answer(page = rowPage(from, Math.min(count, total - from))) {
            resolve(page);
            await Promise.resolve();
            await Promise.resolve();
          },
          async fail(message) {
            reject(new Error(message));
            await Promise.resolve();
            await Promise.resolve();
          },
        });
      }),
    onArrive: () => {
      arrivals += 1;
    },
    onError: (error) => errors.push((error as Error).message),
  });
  return { cache, questions, errors, arrivals: () => arrivals };
}

describe('a cache of rows', () => {
  it('asks for the page of a row once, and has its rows afterwards', async () => {
    const { cache, questions, arrivals } = setup();
    expect(cache.rowAt(12)).toBeUndefined();
    expect(cache.rowAt(13)).toBeUndefined();
    expect(questions.map((q) => q.from)).toEqual([10]);
    await questions[0]?.answer();
    expect(arrivals()).toBe(1);
    expect(cache.rowAt(12)?.seq).toBe(12);
    expect(cache.rowAt(19)?.seq).toBe(19);
    expect(questions).toHaveLength(1);
  });

  it('asks two questions at a time, the latest wish first, and forgets wishes that were scrolled past', async () => {
    const { cache, questions } = setup();
    for (const index of [0, 10, 20, 30, 40, 50, 60, 70]) cache.rowAt(index);
    expect(questions.map((q) => q.from)).toEqual([0, 10]);
    for (let at = 0; at < 7; at += 1) await questions[at]?.answer();
    expect(questions.map((q) => q.from)).toEqual([0, 10, 70, 60, 50, 40]);
  });

  it('keeps a bounded number of pages and throws away the one that was not used for longest', async () => {
    const { cache, questions } = setup({ maxPages: 2 });
    for (const index of [0, 10]) {
      cache.rowAt(index);
      await questions.at(-1)?.answer();
    }
    cache.rowAt(5);
    cache.rowAt(20);
    await questions.at(-1)?.answer();
    expect(cache.pageCount).toBe(2);
    expect(cache.rowAt(5)?.seq).toBe(5);
    expect(cache.rowAt(15)).toBeUndefined();
  });

  it('reads the newest rows from the tail without a question', () => {
    const { cache, questions } = setup();
    cache.setTail(rowPage(95, 5));
    expect(cache.rowAt(97)?.seq).toBe(97);
    expect(questions).toHaveLength(0);
  });

  it('asks again for a page that was not full when it was read', async () => {
    const { cache, questions } = setup();
    cache.rowAt(3);
    await questions[0]?.answer(rowPage(0, 4));
    expect(cache.rowAt(3)?.seq).toBe(3);
    expect(cache.rowAt(7)).toBeUndefined();
    await questions[1]?.answer(rowPage(0, 10));
    expect(cache.rowAt(7)?.seq).toBe(7);
  });

  it('ignores answers to questions from before a reset', async () => {
    const { cache, questions, arrivals } = setup();
    cache.rowAt(0);
    cache.reset();
    await questions[0]?.answer();
    expect(arrivals()).toBe(0);
    expect(cache.rowAt(0)).toBeUndefined();
    expect(questions).toHaveLength(2);
    await questions[1]?.answer();
    expect(cache.rowAt(0)?.seq).toBe(0);
  });

  it('tells of a failure once, and asks again only when it is forgiven', async () => {
    const { cache, questions, errors } = setup();
    cache.rowAt(0);
    await questions[0]?.fail('the disk is gone');
    expect(errors).toEqual(['the disk is gone']);
    cache.rowAt(0);
    expect(questions).toHaveLength(1);
    cache.forgive();
    cache.rowAt(0);
    expect(questions).toHaveLength(2);
  });
});
