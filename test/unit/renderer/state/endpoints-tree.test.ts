import { describe, expect, it } from 'vitest';
import * as tree from '../../../../src/renderer/state/endpoints-tree.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import type { TreeNode } from '../../../../src/shared/workspace/workspace.ts';

const folder = (id: string, parentId: string | null = null, open = true): TreeNode => ({
  kind: 'folder',
  id,
  parentId,
  name: id,
  open,
  variables: [],
});
const endpoint = (id: string, parentId: string | null = null): TreeNode => ({
  kind: 'endpoint',
  id,
  parentId,
  name: id,
  note: '',
  request: BLANK_REQUEST,
});

/** top ├ a ├ f ┬ b │ └ g ─ c └ d */
const nodes: readonly TreeNode[] = [
  endpoint('a'),
  folder('f'),
  endpoint('b', 'f'),
  folder('g', 'f'),
  endpoint('c', 'g'),
  endpoint('d'),
];
const order = (list: readonly TreeNode[]): string =>
  tree
    .rowsOf(list)
    .map((row) => '-'.repeat(row.depth) + row.node.id)
    .join(' ');

describe('the tree of endpoints', () => {
  it('is walked in order, with depth and place among the siblings', () => {
    expect(order(nodes)).toBe('a f -b -g --c d');
    const [, f, b] = tree.rowsOf(nodes);
    expect(f).toMatchObject({ depth: 0, position: 2, siblings: 3, children: 2 });
    expect(b).toMatchObject({ depth: 1, position: 1, siblings: 2, children: 0 });
  });

  it('hides what is in a closed folder', () => {
    expect(order(tree.replace(nodes, folder('f', null, false)))).toBe('a f d');
  });

  it('moves a node before another, to the end, into a folder and out of it', () => {
    expect(order(tree.move(nodes, 'd', { parentId: null, beforeId: 'a' }))).toBe('d a f -b -g --c');
    expect(order(tree.move(nodes, 'a', { parentId: null, beforeId: null }))).toBe('f -b -g --c d a');
    expect(order(tree.move(nodes, 'a', { parentId: 'g', beforeId: 'c' }))).toBe('f -b -g --a --c d');
    expect(order(tree.move(nodes, 'c', { parentId: null, beforeId: 'd' }))).toBe('a f -b -g c d');
  });

  it('does not move a folder into itself or into what it holds', () => {
    expect(tree.move(nodes, 'f', { parentId: 'f', beforeId: null })).toBe(nodes);
    expect(tree.move(nodes, 'f', { parentId: 'g', beforeId: null })).toBe(nodes);
    expect(tree.move(nodes, 'f', { parentId: null, beforeId: 'f' })).toBe(nodes);
  });

  it('steps among the siblings and stops at the ends', () => {
    const down = tree.stepPlace(nodes, 'a', 1);
    expect(down && order(tree.move(nodes, 'a', down))).toBe('f -b -g --c a d');
    const up = tree.stepPlace(nodes, 'd', -1);
    expect(up && order(tree.move(nodes, 'd', up))).toBe('a d f -b -g --c');
    const last = tree.stepPlace(nodes, 'f', 1);
    expect(last && order(tree.move(nodes, 'f', last))).toBe('a d f -b -g --c');
    expect(tree.stepPlace(nodes, 'a', -1)).toBeNull();
    expect(tree.stepPlace(nodes, 'd', 1)).toBeNull();
    expect(tree.stepPlace(nodes, 'nobody', 1)).toBeNull();
  });

  it('removes a folder with everything in it', () => {
    expect(order(tree.remove(nodes, 'f'))).toBe('a d');
  });

  it('ends on a parent that is its own descendant', () => {
    const damaged = [folder('x', 'y'), folder('y', 'x')];
    expect([...tree.withDescendants(damaged, 'x')].sort()).toEqual(['x', 'y']);
    expect(tree.rowsOf(damaged)).toEqual([]);
  });

  it('finds a name that no sibling has', () => {
    expect(tree.freeName(nodes, null, 'new')).toBe('new');
    expect(tree.freeName(nodes, null, 'a')).toBe('a 2');
    expect(tree.freeName([...nodes, endpoint('a 2')], null, 'a 2')).toBe('a 3');
    expect(tree.freeName(nodes, 'f', 'a')).toBe('a');
  });
});
