/**
 * The tree of saved endpoints as operations on a flat list: children come in the order in which they stand in it. Pure; the
 * reactive owner is endpoints.svelte.ts.
 */
import type { EndpointNode, TreeNode } from '../../shared/workspace/workspace.ts';

/** A node as a list shows it: with its depth and its place among its siblings. */
export interface TreeRow {
  readonly node: TreeNode;
  readonly depth: number;
  readonly position: number;
  readonly siblings: number;
  /** Folders: how many nodes are directly in them. */
  readonly children: number;
}

/** Where a node goes: into `parentId`, before the sibling `beforeId`, or last when that is null. */
export interface Place {
  readonly parentId: string | null;
  readonly beforeId: string | null;
}

type Nodes = readonly TreeNode[];

export function childrenOf(nodes: Nodes, parentId: string | null): readonly TreeNode[] {
  return nodes.filter((node) => node.parentId === parentId);
}

export function nodeOf(nodes: Nodes, id: string | null): TreeNode | undefined {
  return id === null ? undefined : nodes.find((node) => node.id === id);
}

export function endpointOf(nodes: Nodes, id: string | null): EndpointNode | undefined {
  const node = nodeOf(nodes, id);
  return node?.kind === 'endpoint' ? node : undefined;
}

/** The node and everything below it. A parent that is its own descendant, as a damaged file may hold, ends the walk. */
export function withDescendants(nodes: Nodes, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const current of found) {
    for (const child of childrenOf(nodes, current)) found.add(child.id);
  }
  return found;
}

/** The rows of the tree from top to bottom, without what is in closed folders. */
export function rowsOf(nodes: Nodes): readonly TreeRow[] {
  const byParent = new Map<string | null, TreeNode[]>();
  for (const node of nodes) {
    const siblings = byParent.get(node.parentId);
    if (siblings) siblings.push(node);
    else byParent.set(node.parentId, [node]);
  }
  const rows: TreeRow[] = [];
  const walk = (parentId: string | null, depth: number): void => {
    const siblings = byParent.get(parentId) ?? [];
    siblings.forEach((node, at) => {
      const children = byParent.get(node.id)?.length ?? 0;
      rows.push({ node, depth, position: at + 1, siblings: siblings.length, children });
      if (node.kind === 'folder' && node.open) walk(node.id, depth + 1);
    });
  };
  walk(null, 0);
  return rows;
}

/** Puts `added` at a place. */
export function insert(nodes: Nodes, added: TreeNode, place: Place): Nodes {
  const placed = { ...added, parentId: place.parentId };
  const before = place.beforeId === null ? -1 : nodes.findIndex((node) => node.id === place.beforeId);
  return before < 0 ? [...nodes, placed] : [...nodes.slice(0, before), placed, ...nodes.slice(before)];
}

export function replace(nodes: Nodes, changed: TreeNode): Nodes {
  return nodes.map((node) => (node.id === changed.id ? changed : node));
}

/** Moves a node. A folder does not go into itself: then, and when nothing moves, the list comes back as it is. */
export function move(nodes: Nodes, id: string, place: Place): Nodes {
  const node = nodeOf(nodes, id);
  if (!node || place.beforeId === id) return nodes;
  if (place.parentId !== null && withDescendants(nodes, id).has(place.parentId)) return nodes;
  return insert(
    nodes.filter((other) => other.id !== id),
    node,
    place,
  );
}

/** The place one step up or down among the siblings; null at the ends. */
export function stepPlace(nodes: Nodes, id: string, step: -1 | 1): Place | null {
  const node = nodeOf(nodes, id);
  if (!node) return null;
  const siblings = childrenOf(nodes, node.parentId);
  const at = siblings.findIndex((sibling) => sibling.id === id);
  const target = at + step;
  if (target < 0 || target >= siblings.length) return null;
  const before = step < 0 ? siblings[target] : siblings[target + 1];
  return { parentId: node.parentId, beforeId: before?.id ?? null };
}

export function remove(nodes: Nodes, id: string): Nodes {
  const gone = withDescendants(nodes, id);
  return nodes.filter((node) => !gone.has(node.id));
}

/** "Name", "Name 2", "Name 3": the first that no sibling has. */
export function freeName(nodes: Nodes, parentId: string | null, wanted: string): string {
  const taken = new Set(childrenOf(nodes, parentId).map((node) => node.name));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, '');
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
