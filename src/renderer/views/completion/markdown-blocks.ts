/**
 * A growing text as blocks of Markdown (CommonMark and GitHub's additions). Only what may still change is parsed again: a block
 * that two others follow is settled, unless the text has definitions, which reach back. Long texts are taken slice by slice.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { RootContent } from 'mdast';

/** Characters that are parsed in one go: a few milliseconds. */
const SLICE_CHARS = 6000;
/** Blocks at the end that more text may change: what a half line looks like, and what stands before it. */
const UNSETTLED = 2;
/** A definition of a link or a footnote, which other blocks refer to. */
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;

export interface MarkdownBlock {
  readonly node: RootContent;
  /** Where the text that the node's positions count from begins. */
  readonly base: number;
  /** First character of the block; its key. */
  readonly start: number;
}

export interface MarkdownBlocks {
  /** The blocks so far; the same objects for what is settled. */
  readonly blocks: readonly MarkdownBlock[];
  /** Takes the text on, or back. Returns whether there is more to take: call it again when there is time. */
  update(source: string): boolean;
}

export function createMarkdownBlocks(): MarkdownBlocks {
  let blocks: MarkdownBlock[] = [];
  let slice = SLICE_CHARS;
  return {
    get blocks() {
      return blocks;
    },
    update(source) {
      const reachesBack = DEFINITION.test(source);
      const kept = reachesBack ? [] : settled(blocks, source.length);
      const base = reachesBack ? 0 : (blocks[kept.length]?.start ?? 0);
      const to = reachesBack ? source.length : Math.min(source.length, base + slice);
      blocks = [...kept, ...parsed(source.slice(base, to), base)];
      // One block that is longer than a slice is parsed again with more of it.
      const settles = settled(blocks, to).length > kept.length;
      slice = to < source.length && !settles ? slice * 2 : SLICE_CHARS;
      return to < source.length;
    },
  };
}

function settled(blocks: readonly MarkdownBlock[], length: number): MarkdownBlock[] {
  let count = blocks.length;
  while (count > 0 && (blocks[count - 1]?.start ?? 0) >= length) count -= 1;
  return blocks.slice(0, Math.max(0, count - UNSETTLED));
}

function parsed(text: string, base: number): MarkdownBlock[] {
  const { children } = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return children.map((node) => ({ node, base, start: base + (node.position?.start.offset ?? 0) }));
}
