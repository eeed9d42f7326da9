import { describe, expect, it } from 'vitest';
import {
  createMarkdownBlocks,
  type MarkdownBlock,
} from '../../../../../src/renderer/views/completion/markdown-blocks.ts';

const TEXT = `# Harbour

Boats come *in* with the **tide**,
and #not as a heading.

1. One
2. Two

   still two

| Ship | Tons |
| ---- | ---- |
| Ada  | 12   |

\`\`\`js
const a = 1;

const b = 2;
\`\`\`

> quoted
> twice

- [x] done
- last`;

/** Blocks without the positions, which count from where a slice began. */
const shape = (blocks: readonly MarkdownBlock[]): unknown =>
  JSON.parse(
    JSON.stringify(
      blocks.map(({ node, start }) => ({ node, start })),
      (key, value: unknown) => (key === 'position' ? undefined : value),
    ),
  );
function whole(text: string): unknown {
  const blocks = createMarkdownBlocks();
  while (blocks.update(text));
  return shape(blocks.blocks);
}

describe('Markdown that grows', () => {
  it.each([1, 2, 3, 7, 40])('is what it is as a whole, when it comes %d characters at a time', (step) => {
    const blocks = createMarkdownBlocks();
    for (let to = step; to < TEXT.length + step; to += step) blocks.update(TEXT.slice(0, to));
    expect(shape(blocks.blocks)).toEqual(whole(TEXT));
  });

  it('is what a shorter text is, when it goes back', () => {
    const blocks = createMarkdownBlocks();
    blocks.update(TEXT);
    for (const to of [150, 90, 40, 3, 0, 200]) {
      blocks.update(TEXT.slice(0, to));
      expect(shape(blocks.blocks), `${to} characters`).toEqual(whole(TEXT.slice(0, to)));
    }
  });

  it('keeps the blocks that are settled', () => {
    const blocks = createMarkdownBlocks();
    blocks.update('one\n\ntwo\n\nthree\n\nfour');
    const [first, second] = blocks.blocks;
    blocks.update('one\n\ntwo\n\nthree\n\nfour\n\nfive');
    expect(blocks.blocks[0]).toBe(first);
    expect(blocks.blocks[1]).toBe(second);
  });

  it('resolves references to definitions that come later', () => {
    const blocks = createMarkdownBlocks();
    const text = 'See [tides].\n\nb\n\nc\n\nd\n\n';
    blocks.update(text);
    blocks.update(`${text}[tides]: https://example.org/tides`);
    expect(shape(blocks.blocks)).toEqual(whole(`${text}[tides]: https://example.org/tides`));
    expect(JSON.stringify(blocks.blocks[0])).toContain('linkReference');
  });

  it('takes long texts slice by slice, also where one block is longer than a slice', () => {
    const long = `${'A line of words.\n\n'.repeat(900)}\`\`\`\n${'code\n'.repeat(3000)}\`\`\`\n\nend`;
    const blocks = createMarkdownBlocks();
    let times = 1;
    while (blocks.update(long)) times += 1;
    expect(times).toBeGreaterThan(3);
    expect(blocks.blocks).toHaveLength(902);
  });
});
