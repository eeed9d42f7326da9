import { describe, expect, it } from 'vitest';
import { jsonTextOf, listOf, objectOf, slotOf, textOf } from '../../../../src/shared/chat/json-read.ts';

describe('reading JSON of unknown shape', () => {
  it('takes only what has the wanted shape', () => {
    expect(objectOf({ a: 1 })).toEqual({ a: 1 });
    expect([null, [], 'x', 1, undefined].map(objectOf)).toEqual([null, null, null, null, null]);
    expect(listOf([1])).toEqual([1]);
    expect(listOf({ length: 1 })).toEqual([]);
    expect([textOf('x'), textOf(1), textOf(null)]).toEqual(['x', '', '']);
    expect([0, 7, -1, 1.5, NaN, '1', null].map(slotOf)).toEqual([0, 7, null, null, null, null, null]);
  });

  it('writes JSON text, and none for what has none', () => {
    expect(jsonTextOf({ a: [1] })).toBe('{"a":[1]}');
    expect(jsonTextOf(undefined)).toBe('');
  });
});
