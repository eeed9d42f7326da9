/** Puts an imported collection into the workspace: a folder with its endpoints, its environments, and secrets apart. */
import type { Collection, ImportedNode } from '../../shared/import/collection.ts';
import type { EndpointNode, FolderNode, TreeNode, Variable } from '../../shared/workspace/workspace.ts';
import type { Environments } from './environments.svelte.ts';
import type { Endpoints } from './endpoints.svelte.ts';

export interface ImportTarget {
  readonly endpoints: Endpoints;
  readonly environments: Environments;
}

/** Adds everything at the end of the tree; returns the function that takes it out again. */
export async function addCollection(
  collection: Collection,
  { endpoints, environments }: ImportTarget,
): Promise<() => void> {
  const secrets: { ownerId: string; name: string; value: string }[] = [];
  const kept = (ownerId: string, variables: readonly Variable[]): readonly Variable[] =>
    variables.map((variable) => {
      if (!variable.secret) return variable;
      if (variable.value !== '') secrets.push({ ownerId, name: variable.name, value: variable.value });
      return { ...variable, value: '' };
    });
  const nodes: TreeNode[] = [];
  const walk = (children: readonly ImportedNode[], parentId: string): void => {
    for (const child of children) {
      const id = crypto.randomUUID();
      if (child.kind === 'endpoint') nodes.push({ ...child, id, parentId } satisfies EndpointNode);
      else {
        const { kind, name, variables } = child;
        nodes.push({
          kind,
          id,
          parentId,
          name,
          open: false,
          variables: kept(id, variables),
        } satisfies FolderNode);
        walk(child.children, id);
      }
    }
  };
  const rootId = crypto.randomUUID();
  const hasTree = collection.children.length > 0;
  if (hasTree) {
    nodes.push({
      kind: 'folder',
      id: rootId,
      parentId: null,
      name: collection.name,
      open: true,
      variables: kept(rootId, collection.variables),
    });
    walk(collection.children, rootId);
    endpoints.addNodes(nodes);
  }
  const added = collection.environments.map(({ name, variables }) => {
    const { id } = environments.add(name);
    environments.saveVariables(id, kept(id, variables));
    return id;
  });
  for (const { ownerId, name, value } of secrets) await environments.setSecret({ ownerId, name }, value);
  return () => {
    if (hasTree) endpoints.removeQuietly(rootId);
    for (const id of added) environments.removeQuietly(id);
  };
}
