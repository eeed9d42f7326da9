import { describe, expect, it } from 'vitest';
import { usageRows } from '../../../../../src/renderer/views/completion/usage-rows.ts';

describe('usage', () => {
  it('is rows in the order and with the names of the provider', () => {
    expect(usageRows({ total_tokens: 3, details: { cached: 1, none: null }, tier: 'x', list: [1] })).toEqual([
      { name: 'total_tokens', value: '3', depth: 0 },
      { name: 'details', value: '', depth: 0 },
      { name: 'cached', value: '1', depth: 1 },
      { name: 'tier', value: 'x', depth: 0 },
      { name: 'list', value: '…', depth: 0 },
    ]);
  });

  it('is bounded', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at]));
    expect(usageRows(many)).toHaveLength(100);
    let deep: Record<string, unknown> = {};
    for (let at = 0; at < 5000; at += 1) deep = { deep };
    expect(usageRows(deep).length).toBeLessThan(10);
  });
});
