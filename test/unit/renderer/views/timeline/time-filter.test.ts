import { describe, expect, it } from 'vitest';
import { withTimeRange } from '../../../../../src/renderer/views/timeline/time-filter.ts';
import { parseQuery } from '../../../../../src/shared/filter/query.ts';

describe('a range of the timeline in the filter', () => {
  it('is a term in seconds that the filter understands', () => {
    const text = withTimeRange('', { fromMs: 1234.6, toMs: 20_000.2 });
    expect(text).toBe('time:1.234-20.001');
    expect(parseQuery(text)).toMatchObject({
      ok: true,
      query: { op: 'all', parts: [{ op: 'time', fromMs: 1234, toMs: 20_001 }] },
    });
  });

  it('begins with the session', () => {
    expect(withTimeRange('', { fromMs: -500, toMs: 10 })).toBe('time:0-0.01');
  });

  it('stays beside other terms and takes the place of an earlier range', () => {
    expect(withTimeRange('type:goal', { fromMs: 0, toMs: 1000 })).toBe('type:goal time:0-1');
    expect(withTimeRange('time:5-6 type:goal -time:1-2', { fromMs: 0, toMs: 1000 })).toBe(
      'type:goal time:0-1',
    );
  });

  it('is meant for the whole filter', () => {
    const first = withTimeRange('a or b', { fromMs: 0, toMs: 1000 });
    expect(first).toBe('(a or b) time:0-1');
    expect(withTimeRange(first, { fromMs: 0, toMs: 2000 })).toBe('(a or b) time:0-2');
    expect(withTimeRange('(a) or (b)', { fromMs: 0, toMs: 1000 })).toBe('((a) or (b)) time:0-1');
    expect(withTimeRange('a (b or c)', { fromMs: 0, toMs: 1000 })).toBe('a (b or c) time:0-1');
  });

  it('is written as a number, however small or large', () => {
    for (const toMs of [1, 1e9]) expect(parseQuery(withTimeRange('', { fromMs: 0, toMs })).ok).toBe(true);
  });
});
