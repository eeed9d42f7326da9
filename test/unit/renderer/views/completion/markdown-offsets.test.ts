import { describe, expect, it } from 'vitest';
import { sourceOffsets } from '../../../../../src/renderer/views/completion/markdown-offsets.ts';

describe('the way from formatted text to its source', () => {
  it('is one to one where the source is the text', () => {
    expect(sourceOffsets('abc', 'abc')).toEqual([0, 1, 2, 3]);
  });

  it('passes over escapes', () => {
    expect(sourceOffsets('a*b', 'a\\*b')).toEqual([0, 2, 3, 4]);
  });

  it('takes an entity for the character that it stands for', () => {
    expect(sourceOffsets('a&b', 'a&amp;b')).toEqual([0, 1, 6, 7]);
    expect(sourceOffsets('😀!', '&#x1F600;!')).toEqual([0, 0, 9, 10]);
  });

  it('passes over the marks of quotes and indents at line starts', () => {
    expect(sourceOffsets('a\nb', 'a\n> b')).toEqual([0, 1, 4, 5]);
  });

  it('begins after the fence, its language and the backticks', () => {
    expect(sourceOffsets('js', '```js\njs\n```', 'code')).toEqual([6, 7, 8]);
    expect(sourceOffsets('a', '`` a ``', 'inline-code')).toEqual([3, 4]);
  });

  it('never falls and never fails, whatever the source is', () => {
    const offsets = sourceOffsets('xyz', 'y');
    expect(offsets).toHaveLength(4);
    expect([...offsets].sort((a, b) => a - b)).toEqual(offsets);
  });
});
