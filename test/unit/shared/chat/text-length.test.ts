import { expect, it } from 'vitest';
import { textLength } from '../../../../src/shared/chat/text-length.ts';

it('counts a text that grows', () => {
  const text = { pieces: ['ab'], seqs: [1] };
  expect(textLength(text)).toBe(2);
  text.pieces.push('c');
  expect(textLength(text)).toBe(3);
});
