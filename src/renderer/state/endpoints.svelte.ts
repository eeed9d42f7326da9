/**
 * The saved endpoints: the window is the only editor of the tree, main keeps it. Every change is saved at once; what deletes
 * leaves an Undo.
 */
import type { Client } from '../../shared/ipc/contract.ts';
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { EndpointNode, FolderNode, TreeNode, Variable } from '../../shared/workspace/workspace.ts';
import * as tree from './endpoints-tree.ts';
import type { Notices } from './undo.svelte.ts';

export interface Endpoints {
  readonly nodes: readonly TreeNode[];
  readonly rows: readonly tree.TreeRow[];
  endpoint(id: string | null): EndpointNode | undefined;
  load(nodes: readonly TreeNode[]): void;
  addEndpoint(parentId: string | null, name: string, request: RequestSpec): EndpointNode;
  addFolder(parentId: string | null, name: string): FolderNode;
  /** Nodes that are complete, at the end of the tree. */
  addNodes(nodes: readonly TreeNode[]): void;
  rename(id: string, name: string): void;
  saveRequest(id: string, request: RequestSpec): void;
  /** A checks document; "" takes it away. */
  saveChecks(id: string, checks: string): void;
  /** Of a folder. */
  saveVariables(id: string, variables: readonly Variable[]): void;
  setOpen(id: string, open: boolean): void;
  duplicate(id: string): EndpointNode | undefined;
  move(id: string, place: tree.Place): void;
  step(id: string, step: -1 | 1): void;
  remove(id: string): void;
  /** Without a notice: for an Undo. */
  removeQuietly(id: string): void;
}

export function createEndpoints(client: Client, notices: Notices): Endpoints {
  let nodes = $state.raw<readonly TreeNode[]>([]);
  const rows = $derived(tree.rowsOf(nodes));

  function put(next: readonly TreeNode[]): void {
    if (next === nodes) return;
    nodes = next;
    client
      .call('workspace:save-nodes', next)
      .catch((error: unknown) => notices.failed('The endpoints were not saved', error));
  }

  const endpoints: Endpoints = {
    get nodes() {
      return nodes;
    },
    get rows() {
      return rows;
    },
    endpoint: (id) => tree.endpointOf(nodes, id),
    load(loaded) {
      nodes = loaded;
    },
    addEndpoint(parentId, name, request) {
      const node: EndpointNode = {
        kind: 'endpoint',
        id: crypto.randomUUID(),
        parentId,
        name: tree.freeName(nodes, parentId, name),
        note: '',
        request,
      };
      put(tree.insert(opened(parentId), node, { parentId, beforeId: null }));
      return node;
    },
    addFolder(parentId, name) {
      const node: FolderNode = {
        kind: 'folder',
        id: crypto.randomUUID(),
        parentId,
        name: tree.freeName(nodes, parentId, name),
        open: true,
        variables: [],
      };
      put(tree.insert(opened(parentId), node, { parentId, beforeId: null }));
      return node;
    },
    addNodes: (added) => put([...nodes, ...added]),
    removeQuietly: (id) => put(tree.remove(nodes, id)),
    rename(id, name) {
      const node = tree.nodeOf(nodes, id);
      const trimmed = name.trim();
      if (node && trimmed !== '' && trimmed !== node.name)
        put(tree.replace(nodes, { ...node, name: trimmed }));
    },
    saveRequest(id, request) {
      const node = tree.endpointOf(nodes, id);
      if (node) put(tree.replace(nodes, { ...node, request }));
    },
    saveChecks(id, checks) {
      const node = tree.endpointOf(nodes, id);
      if (!node || (node.checks ?? '') === checks) return;
      const { checks: _, ...rest } = node;
      put(tree.replace(nodes, checks === '' ? rest : { ...rest, checks }));
    },
    saveVariables(id, variables) {
      const node = tree.nodeOf(nodes, id);
      if (node?.kind === 'folder') put(tree.replace(nodes, { ...node, variables }));
    },
    setOpen(id, open) {
      const node = tree.nodeOf(nodes, id);
      if (node?.kind === 'folder' && node.open !== open) put(tree.replace(nodes, { ...node, open }));
    },
    duplicate(id) {
      const node = tree.endpointOf(nodes, id);
      if (!node) return undefined;
      const siblings = tree.childrenOf(nodes, node.parentId);
      const next = siblings[siblings.findIndex((sibling) => sibling.id === id) + 1];
      const copy: EndpointNode = {
        ...node,
        id: crypto.randomUUID(),
        name: tree.freeName(nodes, node.parentId, `${node.name} copy`),
      };
      put(tree.insert(nodes, copy, { parentId: node.parentId, beforeId: next?.id ?? null }));
      return copy;
    },
    move(id, place) {
      put(tree.move(opened(place.parentId), id, place));
    },
    step(id, step) {
      const place = tree.stepPlace(nodes, id, step);
      if (place) put(tree.move(nodes, id, place));
    },
    remove(id) {
      const node = tree.nodeOf(nodes, id);
      if (!node) return;
      const gone = tree.withDescendants(nodes, id);
      const before = nodes;
      put(tree.remove(nodes, id));
      const inside = gone.size - 1;
      const what = inside > 0 ? `"${node.name}" and ${inside} inside it` : `"${node.name}"`;
      notices.undoable(`Deleted ${what}`, () => put(restored(before, gone)));
    },
  };

  /** The nodes with the folder that something goes into open, so that it does not vanish from sight. */
  function opened(parentId: string | null): readonly TreeNode[] {
    const parent = tree.nodeOf(nodes, parentId);
    return parent?.kind === 'folder' && !parent.open ? tree.replace(nodes, { ...parent, open: true }) : nodes;
  }

  /** What was deleted, back in its place among what there is now: other edits made since then stay. */
  function restored(before: readonly TreeNode[], gone: ReadonlySet<string>): readonly TreeNode[] {
    let result = nodes;
    before.forEach((node, at) => {
      if (!gone.has(node.id) || tree.nodeOf(result, node.id)) return;
      const next = before
        .slice(at + 1)
        .find((later) => !gone.has(later.id) && tree.nodeOf(result, later.id) !== undefined);
      const parent = tree.nodeOf(result, node.parentId);
      result = tree.insert(result, node, { parentId: parent?.id ?? null, beforeId: next?.id ?? null });
    });
    return result;
  }

  return endpoints;
}
