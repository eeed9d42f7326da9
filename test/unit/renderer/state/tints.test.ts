import { describe, expect, it } from 'vitest';
import { tintColor, tintOf } from '../../../../src/renderer/state/tints.ts';

describe('the tint of an event type', () => {
  it('is one of eight, whatever the name', () => {
    for (const type of ['', 'message', 'x'.repeat(10_000), '\ud83d\ude00', '__proto__'])
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(tintOf(type));
  });

  it('stays what it was: it is part of how people recognise a stream', () => {
    expect(['message', 'goal', 'ping', 'error'].map(tintOf)).toEqual([4, 7, 1, 2]);
  });

  it('differs between the types of one chat stream', () => {
    const types = [
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_stop',
      'ping',
    ];
    expect(new Set(types.map(tintOf)).size).toBe(types.length);
  });

  it('is named as the palette names it', () => {
    expect(tintColor('message')).toBe('var(--tint-4)');
  });
});
