/** What can be done with a node of the tree, as a menu. */
import Braces from '@lucide/svelte/icons/braces';
import Copy from '@lucide/svelte/icons/copy';
import FolderInput from '@lucide/svelte/icons/folder-input';
import FolderPlus from '@lucide/svelte/icons/folder-plus';
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Pencil from '@lucide/svelte/icons/pencil';
import Play from '@lucide/svelte/icons/play';
import Square from '@lucide/svelte/icons/square';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { TreeNode } from '../../../shared/workspace/workspace.ts';
import type { AppState } from '../../state/app-state.ts';
import { nodeOf, stepPlace, withDescendants } from '../../state/endpoints-tree.ts';
import type { MenuItem } from '../../ui/menu.ts';

/** What the tree itself does, because it moves the focus or opens a field. */
export interface TreeActions {
  readonly rename: () => void;
  readonly addFolder: () => void;
  readonly remove: () => void;
}

export function menuOf(node: TreeNode, app: AppState, actions: TreeActions): readonly MenuItem[] {
  const { endpoints } = app;
  const { id } = node;
  return [
    ...(node.kind === 'endpoint' ? connectItems(id, app) : []),
    { id: 'rename', label: 'Rename', keys: 'F2', icon: Pencil, run: actions.rename },
    ...(node.kind === 'endpoint'
      ? [{ id: 'duplicate', label: 'Duplicate', icon: Copy, run: () => duplicate(id, app) }]
      : []),
    { id: 'folder', label: 'New folder here', icon: FolderPlus, run: actions.addFolder },
    ...(node.kind === 'folder'
      ? [{ id: 'variables', label: 'Variables…', icon: Braces, run: () => editVariables(id, app) }]
      : []),
    ...moveItems(node, app),
    {
      id: 'up',
      label: 'Move up',
      keys: 'Alt+↑',
      icon: ArrowUp,
      disabled: !stepPlace(endpoints.nodes, id, -1),
      run: () => endpoints.step(id, -1),
    },
    {
      id: 'down',
      label: 'Move down',
      keys: 'Alt+↓',
      icon: ArrowDown,
      disabled: !stepPlace(endpoints.nodes, id, 1),
      run: () => endpoints.step(id, 1),
    },
    { id: 'delete', label: 'Delete', keys: 'Del', icon: Trash2, separated: true, run: actions.remove },
  ];
}

function editVariables(id: string, app: AppState): void {
  app.environments.edit(id);
  app.overlay = 'environments';
}

function duplicate(id: string, app: AppState): void {
  const copy = app.endpoints.duplicate(id);
  if (copy) app.selectEndpoint(copy.id);
}

function connectItems(id: string, app: AppState): readonly MenuItem[] {
  const live = app.connections.live.find((session) => session.endpointId === id);
  if (live) return [{ id: 'stop', label: 'Stop', icon: Square, run: () => app.connections.stop(live.id) }];
  const connect = () => {
    app.selectEndpoint(id);
    void app.connect();
  };
  return [{ id: 'connect', label: 'Connect', icon: Play, run: connect }];
}

/** Into each folder that it is not in and that is not inside it; and out of the one it is in. */
function moveItems(node: TreeNode, app: AppState): readonly MenuItem[] {
  const { nodes } = app.endpoints;
  const inside = withDescendants(nodes, node.id);
  const into = nodes
    .filter((other) => other.kind === 'folder' && other.id !== node.parentId && !inside.has(other.id))
    .map((folder, at) => ({
      id: `into-${folder.id}`,
      label: `Move into "${folder.name}"`,
      icon: FolderInput,
      separated: at === 0,
      run: () => app.endpoints.move(node.id, { parentId: folder.id, beforeId: null }),
    }));
  const parent = nodeOf(nodes, node.parentId);
  if (!parent) return into;
  const out = {
    id: 'out',
    label: `Move out of "${parent.name}"`,
    icon: FolderInput,
    separated: into.length === 0,
    run: () => app.endpoints.move(node.id, { parentId: parent.parentId, beforeId: null }),
  };
  return [...into, out];
}
