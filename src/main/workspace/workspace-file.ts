/**
 * The workspace (saved endpoints and the arrangement of the window) in memory and in its file. A file that cannot be read is put
 * aside, never overwritten, and what can still be read of it is used.
 */
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { treeNodes, uiState } from '../../shared/ipc/parse-workspace.ts';
import { DEFAULT_UI, type TreeNode, type UiState, type Workspace } from '../../shared/workspace/workspace.ts';
import { createJsonFile } from './json-file.ts';

/** Raised when the file's shape changes so that an older Streamscope could not read it. */
const FORMAT_VERSION = 1;

export interface WorkspaceFileDeps {
  readonly path: string;
  /** The tree of the first start. */
  readonly firstNodes: readonly TreeNode[];
  /** Tells the user something about the file. */
  readonly say: (message: string) => void;
  readonly epochMs: () => number;
}

export interface WorkspaceFile {
  readonly workspace: Workspace;
  saveNodes(nodes: readonly TreeNode[]): void;
  saveUi(ui: UiState): void;
  /** Resolves when the latest state is in the file. */
  flush(): Promise<void>;
}

interface Read {
  readonly workspace: Workspace;
  /** What could not be read, in a sentence; null when all could. */
  readonly damage: string | null;
}

/** Opens the workspace; never fails because of what the file holds. */
export async function openWorkspaceFile({
  path,
  firstNodes,
  say,
  epochMs,
}: WorkspaceFileDeps): Promise<WorkspaceFile> {
  let failureSaid = false;
  const file = createJsonFile(path, (error) => {
    if (failureSaid) return;
    failureSaid = true;
    say(
      `The workspace could not be saved to ${path}: ${error.message}. Endpoints changed now are lost when you quit.`,
    );
  });
  const first: Workspace = { nodes: firstNodes, ui: DEFAULT_UI };
  const read = await readWorkspace(file.read, first);
  let workspace = read.workspace;
  if (read.damage !== null) {
    const aside = join(dirname(path), asideName(basename(path), epochMs()));
    await rename(path, aside);
    file.save({ version: FORMAT_VERSION, ...workspace });
    say(`${read.damage} The file was kept as ${aside}.`);
  }

  function save(next: Workspace): void {
    workspace = next;
    file.save({ version: FORMAT_VERSION, ...next });
  }

  return {
    get workspace() {
      return workspace;
    },
    saveNodes: (nodes) => save({ ...workspace, nodes }),
    saveUi: (ui) => save({ ...workspace, ui }),
    flush: () => file.flush(),
  };
}

async function readWorkspace(read: () => Promise<unknown>, first: Workspace): Promise<Read> {
  let stored: unknown;
  try {
    stored = await read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {
      workspace: first,
      damage: 'The workspace file is damaged, so the endpoints are those of a first start.',
    };
  }
  if (stored === undefined) return { workspace: first, damage: null };
  const { version, nodes, ui } = (stored ?? {}) as Record<string, unknown>;
  if (version !== FORMAT_VERSION) {
    const newer = typeof version === 'number' && version > FORMAT_VERSION;
    return {
      workspace: first,
      damage: newer
        ? 'The workspace file was written by a newer Streamscope, so the endpoints are those of a first start.'
        : 'The workspace file is damaged, so the endpoints are those of a first start.',
    };
  }
  const tree = attempt(() => treeNodes(nodes));
  // Fields that a newer minor version added have their defaults.
  const arrangement = attempt(() => uiState({ ...DEFAULT_UI, ...(ui as object) }));
  return {
    workspace: { nodes: tree ?? first.nodes, ui: arrangement ?? DEFAULT_UI },
    damage:
      tree === null
        ? 'The endpoints in the workspace file are damaged, so they are those of a first start.'
        : arrangement === null
          ? 'The arrangement of the window in the workspace file is damaged and begins anew.'
          : null,
  };
}

/** The result of a parser; null when it refuses, which its caller reports as damage. */
function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}

/** `workspace.json` becomes `workspace.damaged-2026-01-31T12-00-00-000Z.json`, a name that every file system takes. */
function asideName(name: string, epochMs: number): string {
  const time = new Date(epochMs).toISOString().replace(/[:.]/g, '-');
  return `${name.replace(/\.json$/, '')}.damaged-${time}.json`;
}
