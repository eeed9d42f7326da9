/**
 * The workspace's endpoints and environments as YAML files in a folder that can be put under version control. Writes only what
 * changed, removes only what it wrote or read itself, and never touches a file that it does not understand.
 */
import { mkdir, readdir, readFile, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { writeWhole } from '../files/whole-file.ts';
import {
  FOLDER_FORMAT,
  fromDocuments,
  ROOT_DOCUMENT,
  toDocuments,
  type ReadDocuments,
  type SharedWorkspace,
} from './workspace-documents.ts';

/** A document is a request; one that is longer is something else. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 50_000;
const MOST_DEPTH = 32;

export interface WorkspaceFolder {
  readonly path: string;
  /** Whether there is a workspace in it. */
  exists(): Promise<boolean>;
  /** Whether the last `read` found files that are none of ours. */
  readonly holdsOthers: boolean;
  /** Reads everything. Nothing is written after it threw. Throws when the folder is of a newer Streamscope or cannot be read at all. */
  read(): Promise<ReadDocuments>;
  /** Whether a file was changed, added or removed since the last `read` or `write`, by somebody else. */
  changedOutside(): Promise<boolean>;
  write(workspace: SharedWorkspace): Promise<void>;
}

export function createWorkspaceFolder(path: string, freshId: () => string): WorkspaceFolder {
  /** Text of each document as it is in the folder, by path. */
  let known = new Map<string, string>();
  /** Files that are there and are no document. */
  let foreign = new Set<string>();
  let seen = '';
  /** Why nothing may be written: what is there could not be read, and would be lost. */
  let refusal: Error | null = null;

  async function readAll(): Promise<ReadDocuments> {
    const files = await listFiles(path);
    const texts = new Map<string, string>();
    const documents = new Map<string, unknown>();
    const damaged: { path: string; message: string }[] = [];
    for (const file of files) {
      if (!file.path.endsWith('.yaml')) continue;
      try {
        if (file.bytes > MOST_FILE_BYTES) throw new Error('It is too long for an endpoint.');
        const text = await readFile(join(path, file.path), 'utf8');
        documents.set(file.path, parse(text, { maxAliasCount: 100 }));
        texts.set(file.path, text);
      } catch (error) {
        damaged.push({ path: file.path, message: firstLine(error) });
      }
    }
    const format = (documents.get(ROOT_DOCUMENT) as { format?: unknown } | null | undefined)?.format;
    if (typeof format === 'number' && format > FOLDER_FORMAT)
      throw new Error(
        `The endpoints in ${path} were written by a newer Streamscope. Use that one, or choose another folder.`,
      );
    const read = fromDocuments(documents, freshId);
    const problems = [...damaged, ...read.problems];
    for (const problem of problems) texts.delete(problem.path);
    known = texts;
    foreign = new Set(files.map((file) => file.path).filter((file) => !texts.has(file)));
    seen = fingerprint(files);
    return { ...read, problems };
  }

  return {
    path,
    async exists() {
      return stat(join(path, ROOT_DOCUMENT)).then(
        (entry) => entry.isFile(),
        () => false,
      );
    },
    get holdsOthers() {
      return foreign.size > 0;
    },
    async read() {
      try {
        const read = await readAll();
        refusal = null;
        return read;
      } catch (error) {
        refusal = error instanceof Error ? error : new Error(String(error));
        throw error;
      }
    },
    changedOutside: async () => fingerprint(await listFiles(path)) !== seen,
    async write(workspace) {
      if (refusal) throw refusal;
      const wanted = new Map(
        [...toDocuments(workspace, foreign)].map(([file, value]) => [file, documentText(value)]),
      );
      await mkdir(path, { recursive: true });
      // What is new comes first: a crash in between leaves a copy, and never a gap.
      for (const [file, text] of wanted) {
        if (known.get(file) === text) continue;
        const target = join(path, ...file.split('/'));
        await mkdir(dirname(target), { recursive: true });
        await writeWhole(target, text);
        known.set(file, text);
      }
      for (const file of [...known.keys()]) {
        if (wanted.has(file)) continue;
        await unlink(join(path, ...file.split('/'))).catch(ignoreMissing);
        known.delete(file);
        await removeEmptyFolders(path, file);
      }
      seen = fingerprint(await listFiles(path));
    },
  };
}

/**
 * Texts of several lines come as they are, so that a change of one line is a change of one line. YAML cannot carry every text so
 * (its blocks lose some blanks and line ends): then all texts are quoted.
 */
function documentText(value: unknown): string {
  const options = { lineWidth: 0, aliasDuplicateObjects: false } as const;
  const text = stringify(value, { ...options, blockQuote: 'literal' });
  return JSON.stringify(parse(text)) === JSON.stringify(value)
    ? text
    : stringify(value, { ...options, defaultStringType: 'QUOTE_DOUBLE' });
}

interface FoundFile {
  /** Relative, divided by "/". */
  readonly path: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/** Files below the folder; what begins with a dot belongs to others, such as version control. */
async function listFiles(root: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const walk = async (below: readonly string[]): Promise<void> => {
    const entries = await readdir(join(root, ...below), { withFileTypes: true }).catch((error: unknown) => {
      ignoreMissing(error);
      return [];
    });
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name.endsWith('.new')) continue;
      const names = [...below, entry.name];
      if (entry.isDirectory() && names.length <= MOST_DEPTH) await walk(names);
      if (!entry.isFile()) continue;
      if (found.length >= MOST_FILES)
        throw new Error(
          `There are more than ${MOST_FILES} files in ${root}. Choose a folder of its own for the endpoints.`,
        );
      const { size, mtimeMs } = await stat(join(root, ...names));
      found.push({ path: names.join('/'), bytes: size, changedMs: mtimeMs });
    }
  };
  await walk([]);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fingerprint(files: readonly FoundFile[]): string {
  return files.map(({ path, bytes, changedMs }) => `${path}\0${bytes}\0${changedMs}`).join('\n');
}

/** Removes the folders that a removed file leaves empty, up to the root. */
async function removeEmptyFolders(root: string, file: string): Promise<void> {
  let folder = dirname(file);
  while (folder !== '.') {
    try {
      await rmdir(join(root, ...folder.split('/')));
    } catch {
      // Something else is in it.
      return;
    }
    folder = dirname(folder);
  }
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;
}
