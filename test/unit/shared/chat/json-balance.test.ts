import { describe, expect, it } from 'vitest';
import { createBalance } from '../../../../src/shared/chat/json-balance.ts';

describe('the balance of streamed JSON', () => {
  it.each([
    ['{"a":[1,{"b":"}"}]}', true],
    ['{"a":"\\"}"', false],
    ['{"a":"\\\\"}', true],
    ['', false],
    ['12', false],
    ['[', false],
    ['[]', true],
  ])('of %j is whole: %s', (text, whole) => {
    expect(createBalance().isWhole([text])).toBe(whole);
    const balance = createBalance();
    const pieces: string[] = [];
    let last = false;
    for (const char of text) {
      pieces.push(char);
      last = balance.isWhole(pieces);
    }
    expect(last).toBe(whole);
  });
});
