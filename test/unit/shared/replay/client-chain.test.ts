import { describe, expect, it } from 'vitest';
import {
  createChainBook,
  FORGET_AFTER_MS,
  type ResumePoint,
} from '../../../../src/shared/replay/client-chain.ts';

const point = (id: string): ResumePoint => ({ id, seq: 1, eventNumber: 1, atMs: 0 });

describe('the attempts of clients', () => {
  it('count requests that look alike and never overlap', () => {
    const book = createChainBook();
    const attempts = [1, 2, 3].map((nowMs) => {
      const chain = book.begin({ key: 'a', lastEventId: '' }, nowMs);
      book.end(chain, nowMs);
      return chain.attempt;
    });
    expect(attempts).toEqual([1, 2, 3]);
    expect(book.begin({ key: 'b', lastEventId: '' }, 4).attempt).toBe(1);
  });

  it('are those of two clients when they overlap', () => {
    const book = createChainBook();
    const one = book.begin({ key: 'a', lastEventId: '' }, 0);
    const other = book.begin({ key: 'a', lastEventId: '' }, 0);
    expect(other).not.toBe(one);
    expect(other.attempt).toBe(1);
  });

  it('go on with the client that got the id', () => {
    const book = createChainBook();
    const [one, other] = [0, 0].map((nowMs) => book.begin({ key: 'a', lastEventId: '' }, nowMs));
    if (!one || !other) throw new Error('no chains');
    one.resume = point('7');
    other.resume = point('9');
    book.end(one, 1);
    book.end(other, 1);
    expect(book.begin({ key: 'a', lastEventId: '7' }, 2)).toBe(one);
    // Older than what was sent last: what was on its way was lost.
    expect(book.begin({ key: 'a', lastEventId: '5' }, 2)).toBe(other);
  });

  it('begin anew without the id that one got, after the end, after a minute, and when asked to', () => {
    const book = createChainBook();
    const begin = (nowMs: number, lastEventId = '') => book.begin({ key: 'a', lastEventId }, nowMs);
    const first = begin(0);
    first.resume = point('1');
    book.end(first, 0);
    const second = begin(1);
    expect(second.attempt).toBe(1);
    second.isDone = true;
    book.end(second, 1);
    const third = begin(2);
    expect(third.attempt).toBe(1);
    book.end(third, 2);
    expect(begin(3 + FORGET_AFTER_MS).attempt).toBe(1);
    book.forget();
    expect(begin(4, '1').attempt).toBe(1);
  });
});
