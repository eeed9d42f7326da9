/** What the user selected with the pointer in rows of bytes, as bytes: symbols count as what they stand for, wraps as nothing. */

/** A place in the bytes of a row. */
export interface BytePlace {
  /** The row's index in its list. */
  readonly row: number;
  /** Place in the bytes that the row was drawn from. */
  readonly at: number;
}

export interface ByteSelection {
  readonly from: BytePlace;
  readonly to: BytePlace;
}

/** null when nothing is selected inside `root`, or when it is no bytes. */
export function selectedBytes(root: HTMLElement): ByteSelection | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  const from = placeOf(range.startContainer, range.startOffset, false);
  const to = placeOf(range.endContainer, range.endOffset, true);
  return from && to ? { from, to } : null;
}

const encoder = new TextEncoder();

function placeOf(node: Node, offset: number, isEnd: boolean): BytePlace | null {
  const element = node instanceof Element ? node : node.parentElement;
  const row = element?.closest<HTMLElement>('[data-index]');
  if (!row) return null;
  const index = Number(row.dataset['index']);
  const token = element?.closest<HTMLElement>('[data-at]');
  if (token && node.nodeType === Node.TEXT_NODE) {
    const before = encoder.encode((node.textContent ?? '').slice(0, offset)).length;
    return { row: index, at: Number(token.dataset['at']) + before };
  }
  // The selection begins or ends beside the text: at the row's first or last byte.
  const tokens = row.querySelectorAll<HTMLElement>('[data-at]');
  const edge = isEnd && offset > 0 ? tokens[tokens.length - 1] : tokens[0];
  if (!edge) return null;
  const length = isEnd && offset > 0 ? encoder.encode(edge.textContent ?? '').length : 0;
  return { row: index, at: Number(edge.dataset['at']) + length };
}
