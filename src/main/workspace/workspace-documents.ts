/**
 * The workspace as documents in a folder, for people and version control: an endpoint is a file, a folder of endpoints is a
 * folder, an environment is a file. Pure: from the tree to documents by their paths, and back. What is as in a blank request is
 * left out; names of files follow the names of what is in them, and the name in the file is the one that counts.
 */
import { environments as parseEnvironments } from '../../shared/ipc/parse-variables.ts';
import { treeNodes } from '../../shared/ipc/parse-workspace.ts';
import { BLANK_REQUEST } from '../../shared/connection/blank-request.ts';
import type { Environment, TreeNode } from '../../shared/workspace/workspace.ts';
import { fileNames } from './file-names.ts';

/** What a Streamscope workspace folder is known by. */
export const ROOT_DOCUMENT = 'streamscope.yaml';
const FOLDER_DOCUMENT = 'folder.yaml';
const EXTENSION = '.yaml';
const ENDPOINTS = 'endpoints';
const ENVIRONMENTS = 'environments';
export const FOLDER_FORMAT = 1;

/** Values by path; paths are relative and divided by "/". */
export type Documents = ReadonlyMap<string, unknown>;

export interface SharedWorkspace {
  readonly nodes: readonly TreeNode[];
  readonly environments: readonly Environment[];
}

export interface ReadDocuments extends SharedWorkspace {
  /** Documents that cannot be used, with the reason. They stay as they are. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** `taken` paths are not used: files that are there and are not understood. */
export function toDocuments(
  { nodes, environments }: SharedWorkspace,
  taken: ReadonlySet<string> = new Set(),
): Documents {
  const documents = new Map<string, unknown>();
  const children = groupByParent(nodes);
  const addFolder = (path: string, parentId: string | null): readonly string[] => {
    const names = fileNames(taken, path);
    return (children.get(parentId) ?? []).map((node) => {
      if (node.kind === 'endpoint') {
        const name = names.next(node.name, EXTENSION);
        documents.set(`${path}/${name}`, endpointDocument(node));
        return name;
      }
      const name = names.next(node.name.replace(/\.yaml$/i, '-yaml'), '');
      const order = addFolder(`${path}/${name}`, node.id);
      documents.set(`${path}/${name}/${FOLDER_DOCUMENT}`, {
        id: node.id,
        name: node.name,
        ...(node.variables.length > 0 ? { variables: node.variables } : {}),
        order,
      });
      return name;
    });
  };
  const names = fileNames(taken, ENVIRONMENTS);
  const environmentOrder = environments.map(({ id, name, variables }) => {
    const file = names.next(name, EXTENSION);
    documents.set(`${ENVIRONMENTS}/${file}`, { id, name, variables });
    return file;
  });
  documents.set(ROOT_DOCUMENT, {
    format: FOLDER_FORMAT,
    order: addFolder(ENDPOINTS, null),
    environments: environmentOrder,
  });
  return documents;
}

function groupByParent(nodes: readonly TreeNode[]): ReadonlyMap<string | null, readonly TreeNode[]> {
  const groups = new Map<string | null, TreeNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.parentId);
    if (group) group.push(node);
    else groups.set(node.parentId, [node]);
  }
  return groups;
}

function endpointDocument({
  id,
  name,
  note,
  request,
  checks = '',
}: TreeNode & { kind: 'endpoint' }): unknown {
  return {
    id,
    name,
    ...(note === '' ? {} : { note }),
    request: difference(request, BLANK_REQUEST) ?? {},
    ...(checks === '' ? {} : { checks }),
  };
}

/** The parts of `value` that are not as in `blank`; undefined when all are. */
function difference(value: unknown, blank: unknown): unknown {
  if (isRecord(value) && isRecord(blank) && sameShape(value, blank)) {
    const parts = Object.entries(value).flatMap(([key, part]) => {
      const rest = difference(part, blank[key]);
      return rest === undefined ? [] : [[key, rest] as const];
    });
    return parts.length === 0 ? undefined : Object.fromEntries(parts);
  }
  return JSON.stringify(value) === JSON.stringify(blank) ? undefined : value;
}

/** Of alternatives, such as kinds of a body, the whole is written: their fields are not each other's defaults. */
function sameShape(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return a['kind'] === b['kind'] && a['type'] === b['type'];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `freshId` gives an identifier to a document without one, and to a copy of another. Folders come open. */
export function fromDocuments(documents: Documents, freshId: () => string): ReadDocuments {
  const nodes: TreeNode[] = [];
  const problems: { path: string; message: string }[] = [];
  const ids = new Set<string>();
  const ownId = (value: unknown): string => {
    const id = typeof value === 'string' && !ids.has(value) ? value : freshId();
    ids.add(id);
    return id;
  };
  const attempt = <T>(path: string, read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      problems.push({ path, message: error instanceof Error ? error.message : String(error) });
      return null;
    }
  };

  const walk = (folder: string, order: unknown, parentId: string | null): void => {
    for (const name of inOrder(entriesIn(documents, folder), order)) {
      const path = `${folder}/${name}`;
      if (!name.endsWith(EXTENSION)) {
        const document = fieldsOf(documents.get(`${path}/${FOLDER_DOCUMENT}`));
        const node = attempt(`${path}/${FOLDER_DOCUMENT}`, () =>
          treeNodes([{ name, ...document, kind: 'folder', parentId, open: true, id: ownId(document['id']) }]),
        )?.[0] ?? { kind: 'folder', id: ownId(undefined), parentId, name, open: true, variables: [] };
        nodes.push(node);
        walk(path, document['order'], node.id);
      } else if (name !== FOLDER_DOCUMENT) {
        const document = fieldsOf(documents.get(path));
        const node = attempt(path, () =>
          treeNodes([
            {
              name: name.slice(0, -EXTENSION.length),
              note: '',
              ...document,
              kind: 'endpoint',
              parentId,
              id: ownId(document['id']),
            },
          ]),
        )?.[0];
        if (node) nodes.push(node);
      }
    }
  };
  const root = fieldsOf(documents.get(ROOT_DOCUMENT));
  walk(ENDPOINTS, root['order'], null);

  const environments = inOrder(entriesIn(documents, ENVIRONMENTS), root['environments']).flatMap((name) => {
    const path = `${ENVIRONMENTS}/${name}`;
    const document = fieldsOf(documents.get(path));
    if (!name.endsWith(EXTENSION)) return [];
    return (
      attempt(path, () =>
        parseEnvironments([
          { name: name.slice(0, -EXTENSION.length), variables: [], ...document, id: ownId(document['id']) },
        ]),
      ) ?? []
    );
  });
  return { nodes, environments, problems };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** Names of the files and folders directly in a folder. */
function entriesIn(documents: Documents, folder: string): readonly string[] {
  const names = new Set<string>();
  for (const path of documents.keys()) {
    if (path.startsWith(`${folder}/`)) names.add(path.slice(folder.length + 1).split('/', 1)[0] as string);
  }
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}

/** Those that the order names first, as it names them; the others behind. */
function inOrder(names: readonly string[], order: unknown): readonly string[] {
  const wanted = Array.isArray(order) ? order.filter((name) => names.includes(name as string)) : [];
  return [...new Set([...(wanted as string[]), ...names])];
}
