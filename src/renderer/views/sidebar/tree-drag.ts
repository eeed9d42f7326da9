/** Where a dragged node would land, from where the pointer is over a row. Pure. */
import type { TreeNode } from '../../../shared/workspace/workspace.ts';
import { childrenOf, withDescendants, type Place } from '../../state/endpoints-tree.ts';

export interface Drop {
  readonly place: Place;
  /** The row the mark is drawn at, and where on it. */
  readonly overId: string;
  readonly mark: 'before' | 'after' | 'inside';
}

/** Part of a folder's row, at both edges, that means "beside" and not "into". */
const EDGE = 0.28;

/**
 * The drop for a pointer at `share` (0 top, 1 bottom) of the row of `over`; null where the node cannot go: onto itself or into
 * something inside it.
 */
export function dropAt(
  nodes: readonly TreeNode[],
  draggedId: string,
  over: TreeNode,
  share: number,
): Drop | null {
  const inTheWay = withDescendants(nodes, draggedId);
  if (inTheWay.has(over.id)) return null;
  if (over.kind === 'folder' && share > EDGE && (over.open ? true : share < 1 - EDGE)) {
    const first = over.open ? childrenOf(nodes, over.id).find((node) => node.id !== draggedId) : undefined;
    const place = { parentId: over.id, beforeId: first?.id ?? null };
    return { place, overId: over.id, mark: 'inside' };
  }
  if (share < 0.5) {
    return { place: { parentId: over.parentId, beforeId: over.id }, overId: over.id, mark: 'before' };
  }
  const siblings = childrenOf(nodes, over.parentId).filter((node) => node.id !== draggedId);
  const next = siblings[siblings.findIndex((node) => node.id === over.id) + 1];
  return {
    place: { parentId: over.parentId, beforeId: next?.id ?? null },
    overId: over.id,
    mark: 'after',
  };
}
