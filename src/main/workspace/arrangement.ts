/**
 * How the window is arranged, as it stands in the file of the app: read with what is damaged in it said. Older shapes open for
 * ever.
 */
import { treeNodes, uiState } from '../../shared/ipc/parse-workspace.ts';
import { DEFAULT_UI, type TreeNode, type UiState } from '../../shared/workspace/workspace.ts';

/** Raised when the file's shape changes so that an older Streamscope could not read it. 1 had the endpoints in it. */
export const ARRANGEMENT_VERSION = 2;

/** What is in the file of the arrangement. */
export interface Arrangement {
  readonly ui: UiState;
  readonly closedFolders: readonly string[];
  /** null: the usual folder. */
  readonly folder: string | null;
  /** The tree of format 1, to be moved into the folder. */
  readonly oldNodes: readonly TreeNode[] | null;
  /** What could not be read, in a sentence; null when all could. */
  readonly damage: string | null;
}

/** Never fails because of what the file holds. `read` throws `SyntaxError` when it is not JSON. */
export async function readArrangement(read: () => Promise<unknown>): Promise<Arrangement> {
  const blank: Arrangement = {
    ui: DEFAULT_UI,
    closedFolders: [],
    folder: null,
    oldNodes: null,
    damage: null,
  };
  let stored: unknown;
  try {
    stored = await read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {
      ...blank,
      damage: 'The workspace file is damaged, so the window is arranged as at a first start.',
    };
  }
  if (stored === undefined) return blank;
  const { version, nodes, ui, folder, closedFolders } = (stored ?? {}) as Record<string, unknown>;
  if (version !== ARRANGEMENT_VERSION && version !== 1) {
    const newer = typeof version === 'number' && version > ARRANGEMENT_VERSION;
    return {
      ...blank,
      damage: newer
        ? 'The workspace file was written by a newer Streamscope, so the window is arranged as at a first start.'
        : 'The workspace file is damaged, so the window is arranged as at a first start.',
    };
  }
  // Fields that a newer minor version added have their defaults.
  const arrangement = attempt(() => uiState({ ...DEFAULT_UI, ...(ui as object) }));
  const oldNodes = version === 1 ? attempt(() => treeNodes(nodes)) : null;
  const closed = Array.isArray(closedFolders) ? closedFolders : closedIn(oldNodes ?? []);
  return {
    ui: arrangement ?? DEFAULT_UI,
    closedFolders: closed.filter((id): id is string => typeof id === 'string'),
    folder: typeof folder === 'string' ? folder : null,
    oldNodes,
    damage:
      version === 1 && oldNodes === null
        ? 'The endpoints in the workspace file are damaged, so they are those of a first start.'
        : arrangement === null
          ? 'The arrangement of the window in the workspace file is damaged and begins anew.'
          : null,
  };
}

/** The folders that are folded up. */
export function closedIn(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap((node) => (node.kind === 'folder' && !node.open ? [node.id] : []));
}

/** The result of a parser; null when it refuses, which its caller reports as damage. */
function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
