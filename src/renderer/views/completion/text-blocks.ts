/**
 * A growing text in the document as a few text nodes, each in a block of its own, so that what is added lays out one block and
 * not the whole. There is no element for a piece: which piece is where follows from the position in the text. Text only; never
 * HTML. Blocks are not skipped by content-visibility: Chromium 114 then lays out all of them for each word that is added
 * (50 ms instead of 0.5 ms at 60,000 chunks).
 */

/** A block is closed at the first line end after so many characters, … */
const BLOCK_CHARS = 4000;
/** … or after so many without a line end, where a line is broken for the sake of speed. */
const MAX_BLOCK_CHARS = 64_000;

/** A text in the document, however it looks: positions in the text on the one side, places in the document on the other. */
export interface TextBody {
  /** Whether a range stays where it is while text is added. */
  readonly keepsRanges: boolean;
  append(text: string): void;
  /** Takes away what is beyond so many characters. */
  cut(length: number): void;
  /** The place in the text of a place in the document; null when it is none of this text. */
  positionOf(node: Node, offset: number): number | null;
  /** The character under a point of the window; null where there is none. */
  positionAt(x: number, y: number): number | null;
  /** A range of the document over characters of the text. */
  rangeOf(from: number, to: number): Range;
  dispose?(): void;
}

/** A rectangle, relative to an element. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a range is within `root`, line by line. Nothing where nothing is laid out, as in tests without a window. */
export function boxesWithin(root: HTMLElement, range: Range): Box[] {
  if (typeof range.getClientRects !== 'function') return [];
  const origin = root.getBoundingClientRect();
  return [...range.getClientRects()]
    .filter((box) => box.width > 0)
    .map((box) => ({
      left: box.left - origin.left,
      top: box.top - origin.top,
      width: box.width,
      height: box.height,
    }));
}

interface Block {
  readonly node: Text;
  /** First character. */
  readonly start: number;
}

export function createTextBlocks(root: HTMLElement): TextBody {
  const blocks: Block[] = [];
  const byNode = new Map<Node, Block>();
  let length = 0;
  root.replaceChildren();

  function open(): Block {
    const element = document.createElement('div');
    element.className = 'block';
    const node = document.createTextNode('');
    element.append(node);
    root.append(element);
    const block = { node, start: length };
    blocks.push(block);
    byNode.set(node, block);
    return block;
  }

  /** The block that takes what comes next. */
  function openBlock(): Block {
    const last = blocks.at(-1);
    const isFull = last && (last.node.length >= MAX_BLOCK_CHARS || isClosed(last.node.data));
    return last && !isFull ? last : open();
  }

  function blockAt(position: number): Block | undefined {
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((blocks[middle]?.start ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return blocks[Math.max(0, low - 1)];
  }

  const self: TextBody = {
    keepsRanges: true,
    append(text) {
      let rest = text;
      while (rest !== '') {
        const block = openBlock();
        const room = roomFor(block.node.length, rest);
        block.node.appendData(rest.slice(0, room));
        length += Math.min(room, rest.length);
        rest = rest.slice(room);
      }
    },
    cut(to) {
      length = Math.min(length, to);
      for (let last = blocks.at(-1); last && last.start >= length; last = blocks.at(-1)) {
        byNode.delete(last.node);
        last.node.parentElement?.remove();
        blocks.pop();
      }
      const last = blocks.at(-1);
      if (last) last.node.deleteData(length - last.start, last.node.length);
    },
    positionOf(node, offset) {
      // What is selected by paragraphs or as a whole begins and ends at elements.
      if (node === root) return blocks[offset]?.start ?? length;
      const block = byNode.get(node) ?? byNode.get(node.firstChild ?? node);
      if (!block) return null;
      const within = node === block.node ? Math.min(offset, block.node.length) : offset * block.node.length;
      return block.start + within;
    },
    positionAt(x, y) {
      const caret = document.caretRangeFromPoint(x, y);
      if (!caret) return null;
      const position = self.positionOf(caret.startContainer, caret.startOffset);
      if (position === null) return null;
      // A caret stands between two characters: the one under the point is the one whose box holds it.
      for (const at of [position, position - 1]) {
        if (at < 0 || at >= length) continue;
        for (const box of self.rangeOf(at, at + 1).getClientRects()) {
          if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) return at;
        }
      }
      return null;
    },
    rangeOf(from, to) {
      const range = document.createRange();
      const first = blockAt(from);
      const last = blockAt(Math.max(from, to - 1));
      if (!first || !last) return range;
      range.setStart(first.node, Math.min(from - first.start, first.node.length));
      range.setEnd(last.node, Math.min(to - last.start, last.node.length));
      return range;
    },
  };
  return self;
}

function isClosed(text: string): boolean {
  return text.length >= BLOCK_CHARS && text.endsWith('\n');
}

/** How much of the text still goes into a block that has `used` characters. */
function roomFor(used: number, text: string): number {
  if (used + text.length <= BLOCK_CHARS) return text.length;
  const lineEnd = text.indexOf('\n', Math.max(0, BLOCK_CHARS - used));
  if (lineEnd >= 0 && used + lineEnd < MAX_BLOCK_CHARS) return lineEnd + 1;
  if (used + text.length <= MAX_BLOCK_CHARS) return text.length;
  const room = MAX_BLOCK_CHARS - used;
  // Never between the two halves of a character beyond U+FFFF.
  return room > 0 && /[\uD800-\uDBFF]/.test(text.charAt(room - 1)) ? room + 1 : Math.max(room, 1);
}
