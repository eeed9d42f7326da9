import { describe, expect, it } from 'vitest';
import { createTextBlocks } from '../../src/renderer/views/completion/text-blocks.ts';

function blocksOf(...texts: string[]) {
  const root = document.createElement('div');
  const blocks = createTextBlocks(root);
  for (const text of texts) blocks.append(text);
  const parts = [...root.querySelectorAll('.block')].map((block) => block.textContent);
  return { root, blocks, parts, whole: texts.join('') };
}

const line = `${'word '.repeat(30)}\n`;

describe('a text in blocks', () => {
  it('is the text, cut at line ends', () => {
    const { parts, whole } = blocksOf(...Array.from({ length: 200 }, () => line));
    expect(parts.join('')).toBe(whole);
    expect(parts.length).toBeGreaterThan(5);
    for (const part of parts.slice(0, -1)) expect(part.endsWith('\n')).toBe(true);
  });

  it('has blocks of the same size however it came', () => {
    const text = line.repeat(200);
    const byCharacter = blocksOf(...text);
    expect(byCharacter.parts.join('')).toBe(text);
    for (const { length } of [...byCharacter.parts, ...blocksOf(text).parts]) {
      expect(length).toBeLessThanOrEqual(4000 + line.length);
    }
  });

  it('breaks a line that never ends, but no character', () => {
    const { parts, whole } = blocksOf('x', '🐦'.repeat(100_000));
    expect(parts.join('')).toBe(whole);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(64_001);
      expect(part).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
    }
  });

  it('leads from a place in the document to a place in the text and back', () => {
    const { root, blocks, parts, whole } = blocksOf(...Array.from({ length: 100 }, () => line));
    for (const position of [0, 1, 3999, 4500, 9000, whole.length - 1]) {
      const range = blocks.rangeOf(position, position + 1);
      expect(range.toString()).toBe(whole.charAt(position));
      expect(blocks.positionOf(range.startContainer, range.startOffset)).toBe(position);
    }
    expect(blocks.rangeOf(100, 9000).toString()).toBe(whole.slice(100, 9000));
    expect([0, 1, 1e6].map((at) => blocks.positionOf(root, at))).toEqual([0, parts[0]?.length, whole.length]);
    const second = root.children[1] as Element;
    expect([0, 1].map((at) => blocks.positionOf(second, at))).toEqual([
      parts[0]?.length,
      (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0),
    ]);
    expect(blocks.positionOf(document.createElement('p'), 0)).toBeNull();
    expect(blocks.positionOf(document.createTextNode('x'), 0)).toBeNull();
  });

  it('keeps HTML as text', () => {
    const { root } = blocksOf('<b>bold</b>');
    expect(root.querySelector('b')).toBeNull();
  });
});
