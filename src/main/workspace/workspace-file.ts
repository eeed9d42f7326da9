/**
 * The workspace in memory and on disk: the arrangement of the window in a file of the app's own, the endpoints and environments
 * in a folder that can be shared. What cannot be read is put aside or left alone, never overwritten, and the rest is used.
 */
import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { Environment, TreeNode, UiState, Workspace } from '../../shared/workspace/workspace.ts';
import { ARRANGEMENT_VERSION, closedIn, readArrangement, type Arrangement } from './arrangement.ts';
import { createJsonFile } from './json-file.ts';
import { createLatestSaver } from './latest-saver.ts';
import type { SharedWorkspace } from './workspace-documents.ts';
import { createWorkspaceFolder, type WorkspaceFolder } from './workspace-folder.ts';

export interface WorkspaceFileDeps {
  /** Of the file for the arrangement of the window. */
  readonly path: string;
  /** Where the endpoints are kept until the user chooses another folder. */
  readonly folder: string;
  /** The tree of the first start. */
  readonly firstNodes: readonly TreeNode[];
  /** Tells the user something about the files. */
  readonly say: (message: string) => void;
  readonly epochMs: () => number;
}

export interface WorkspaceFile {
  readonly workspace: Workspace;
  /** Where the endpoints are. */
  readonly folder: string;
  saveNodes(nodes: readonly TreeNode[]): void;
  saveEnvironments(environments: readonly Environment[]): void;
  saveUi(ui: UiState): void;
  /** Takes in what somebody else changed in the folder, such as version control; true when there was something. */
  refresh(): Promise<boolean>;
  /**
   * Keeps the endpoints in another folder from now on: those that are there, or, in an empty folder, a copy of the present ones.
   * Throws `CodedError` when the folder holds something else.
   */
  useFolder(path: string): Promise<void>;
  /** Resolves when the latest state is in the files. */
  flush(): Promise<void>;
}

/** Opens the workspace; never fails because of what the files hold. */
export async function openWorkspaceFile(deps: WorkspaceFileDeps): Promise<WorkspaceFile> {
  const { path, firstNodes, say, epochMs } = deps;
  let failureSaid = false;
  const sayFailure = (where: string) => (error: Error) => {
    if (failureSaid) return;
    failureSaid = true;
    say(
      `The workspace could not be saved to ${where}: ${error.message}. Endpoints changed now are lost when you quit.`,
    );
  };
  const file = createJsonFile(path, sayFailure(path));
  const read = await readArrangement(file.read);
  let folder = createWorkspaceFolder(read.folder ?? deps.folder, randomUUID);
  const saver = createLatestSaver<SharedWorkspace>(
    (shared) => folder.write(shared),
    (error) => sayFailure(folder.path)(error),
  );

  let ui = read.ui;
  let shared = await readFolder(folder, read, firstNodes, say);
  let workspace: Workspace = { ...withClosed(shared, read.closedFolders), ui };

  if (read.damage !== null) {
    const aside = join(dirname(path), asideName(basename(path), epochMs()));
    await rename(path, aside);
    saveArrangement();
    say(`${read.damage} The file was kept as ${aside}.`);
  } else if (read.oldNodes) {
    // The folder first: until it is complete the old file has the endpoints.
    await folder.write(shared).catch(sayFailure(folder.path));
    if (!failureSaid) saveArrangement();
  }

  function saveArrangement(): void {
    const elsewhere = folder.path === deps.folder ? null : folder.path;
    file.save({
      version: ARRANGEMENT_VERSION,
      folder: elsewhere,
      closedFolders: closedIn(workspace.nodes),
      ui,
    });
  }

  function put(next: Partial<SharedWorkspace>): void {
    shared = { nodes: workspace.nodes, environments: workspace.environments, ...next };
    workspace = { ...shared, ui };
    saver.save(shared);
    saveArrangement();
  }

  async function take(): Promise<void> {
    const closed = closedIn(workspace.nodes);
    const { problems, ...found } = await folder.read();
    sayProblems(folder.path, problems, say);
    shared = found;
    workspace = { ...withClosed(found, closed), ui };
  }

  return {
    get workspace() {
      return workspace;
    },
    get folder() {
      return folder.path;
    },
    saveNodes: (nodes) => put({ nodes }),
    saveEnvironments: (environments) => put({ environments }),
    saveUi(next) {
      ui = next;
      workspace = { ...workspace, ui };
      saveArrangement();
    },
    async refresh() {
      await saver.flush();
      if (!(await folder.changedOutside())) return false;
      await take();
      return true;
    },
    async useFolder(next) {
      if (next === folder.path) return;
      await saver.flush();
      const other = createWorkspaceFolder(next, randomUUID);
      const before = folder;
      if (!(await other.exists())) {
        const found = await other.read();
        if (found.nodes.length > 0 || other.holdsOthers)
          throw new CodedError(
            'bad-arguments',
            `${next} holds other files and no Streamscope workspace. Choose an empty folder, or one that Streamscope has written.`,
          );
        await other.write(shared);
      }
      folder = other;
      try {
        await take();
      } catch (error) {
        folder = before;
        throw error;
      }
      saveArrangement();
    },
    async flush() {
      await Promise.all([saver.flush(), file.flush()]);
    },
  };
}

async function readFolder(
  folder: WorkspaceFolder,
  { oldNodes }: Arrangement,
  firstNodes: readonly TreeNode[],
  say: (message: string) => void,
): Promise<SharedWorkspace> {
  try {
    const { problems, ...found } = await folder.read();
    sayProblems(folder.path, problems, say);
    if (await folder.exists()) return found;
    return { nodes: [...(oldNodes ?? firstNodes), ...found.nodes], environments: found.environments };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { nodes: oldNodes ?? firstNodes, environments: [] };
  }
}
function sayProblems(
  folder: string,
  problems: readonly { readonly path: string; readonly message: string }[],
  say: (message: string) => void,
): void {
  if (problems.length === 0) return;
  const MOST_NAMED = 5;
  const named = problems.slice(0, MOST_NAMED).map(({ path, message }) => `${path}: ${message}`);
  const more = problems.length - named.length;
  say(
    `In ${folder} ${problems.length === 1 ? 'a file' : `${problems.length} files`} could not be read and stays as it is.\n${named.join('\n')}${more > 0 ? `\nand ${more} more` : ''}`,
  );
}

function withClosed(shared: SharedWorkspace, closedFolders: readonly string[]): SharedWorkspace {
  const closed = new Set(closedFolders);
  return {
    environments: shared.environments,
    nodes: shared.nodes.map((node) =>
      node.kind === 'folder' && node.open === closed.has(node.id)
        ? { ...node, open: !closed.has(node.id) }
        : node,
    ),
  };
}

/** `workspace.json` becomes `workspace.damaged-2026-01-31T12-00-00-000Z.json`, a name that every file system takes. */
function asideName(name: string, epochMs: number): string {
  const time = new Date(epochMs).toISOString().replace(/[:.]/g, '-');
  return `${name.replace(/\.json$/, '')}.damaged-${time}.json`;
}
