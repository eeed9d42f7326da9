/**
 * A growing text in the document as formatted Markdown. Owns when it is parsed and the way between places in the document and
 * positions in the text; what it looks like is its caller's, whose elements say with `data-at` and `data-end` what they show.
 */
import type { MarkdownBlock } from './markdown-blocks.ts';
import { createMarkdownBlocks } from './markdown-blocks.ts';
import { sourceOffsets, type LeafKind } from './markdown-offsets.ts';
import type { TextBody } from './text-blocks.ts';

/** Longer texts are shown plain. */
export const MAX_MARKDOWN_CHARS = 200_000;
/** A text that grows is parsed at most so often … */
const PARSE_EVERY_MS = 200;
/** … and so that this part of the time is left for everything else. */
const REST = 4;

/** `show` draws the blocks before it returns. */
export function createMarkdownBody(
  root: HTMLElement,
  show: (blocks: readonly MarkdownBlock[]) => void,
): TextBody {
  const tree = createMarkdownBlocks();
  let source = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let parsedAtMs = -Infinity;
  let tookMs = 0;

  function parse(): void {
    timer = undefined;
    const startMs = performance.now();
    const isMore = tree.update(source);
    show(tree.blocks);
    parsedAtMs = performance.now();
    tookMs = parsedAtMs - startMs;
    if (isMore) timer = setTimeout(parse, 0);
  }
  function changed(): void {
    if (timer !== undefined) return;
    const waitMs = parsedAtMs + Math.max(PARSE_EVERY_MS, tookMs * REST) - performance.now();
    if (waitMs <= 0) parse();
    else timer = setTimeout(parse, waitMs);
  }

  const leafOf = (node: Node): HTMLElement | null =>
    (node instanceof HTMLElement ? node : node.parentElement)?.closest<HTMLElement>('[data-at]') ?? null;
  const startOf = (leaf: HTMLElement): number => Number(leaf.dataset['at']);
  const endOf = (leaf: HTMLElement): number => Number(leaf.dataset['end']);
  const offsetsOf = (leaf: HTMLElement): number[] =>
    sourceOffsets(
      leaf.textContent,
      source.slice(startOf(leaf), endOf(leaf)),
      (leaf.dataset['kind'] ?? 'text') as LeafKind,
    );
  /** Character of the leaf's text that stands at or after a position of the source. */
  const placeIn = (leaf: HTMLElement, position: number): number => {
    const offsets = offsetsOf(leaf);
    const index = offsets.findIndex((offset) => startOf(leaf) + offset >= position);
    return index < 0 ? offsets.length - 1 : index;
  };

  return {
    keepsRanges: false,
    append(text) {
      source += text;
      changed();
    },
    cut(length) {
      source = source.slice(0, length);
      changed();
    },
    positionOf(node, offset) {
      const leaf = node.nodeType === Node.TEXT_NODE && root.contains(node) ? leafOf(node) : null;
      return leaf && startOf(leaf) + (offsetsOf(leaf)[offset] ?? 0);
    },
    positionAt(x, y) {
      const caret = document.caretRangeFromPoint(x, y);
      const node = caret?.startContainer;
      const leaf = node?.nodeType === Node.TEXT_NODE && root.contains(node) ? leafOf(node) : null;
      if (!caret || !node || !leaf) return null;
      const offsets = offsetsOf(leaf);
      for (const at of [caret.startOffset, caret.startOffset - 1]) {
        if (at < 0 || at >= offsets.length - 1) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        for (const box of range.getClientRects()) {
          const isIn = x >= box.left && x < box.right && y >= box.top && y < box.bottom;
          if (isIn) return startOf(leaf) + (offsets[at] ?? 0);
        }
      }
      return null;
    },
    rangeOf(from, to) {
      const range = document.createRange();
      const leaves = [...root.querySelectorAll<HTMLElement>('[data-at]')];
      const within = leaves.filter((leaf) => endOf(leaf) > from && startOf(leaf) < to);
      const first = within[0]?.firstChild;
      const last = within.at(-1)?.firstChild;
      if (!first || !last) return range;
      range.setStart(first, placeIn(within[0] as HTMLElement, from));
      range.setEnd(last, placeIn(within.at(-1) as HTMLElement, to));
      return range;
    },
    dispose: () => clearTimeout(timer),
  };
}
