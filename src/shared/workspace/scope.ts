/**
 * Which value a `{{name}}` has: the environment that is switched on comes first, then the folders of the endpoint from the inner
 * to the outer, then what the app itself gives. Says where each value comes from, and which of them are secret.
 */
import type { RequestSpec } from '../connection/types.ts';
import type { Environment, FolderNode, TreeNode, Variable } from './workspace.ts';
import { mapRequestTexts } from './request-texts.ts';
import { variableUses, type Variables } from './variables.ts';

/** Where a variable is set. */
export interface ScopeOwner {
  readonly kind: 'environment' | 'folder' | 'app';
  /** Of the environment or the folder; "" for the app. */
  readonly id: string;
  readonly name: string;
}

export interface ScopedVariable {
  readonly name: string;
  /** null: a secret whose value is not known yet. */
  readonly value: string | null;
  readonly secret: boolean;
  readonly owner: ScopeOwner;
}

/** Everything that a request at one place of the tree can name. */
export type Scope = ReadonlyMap<string, ScopedVariable>;

/** Value of the secret `name` of a folder or an environment; null while it is not known. */
export type SecretLookup = (ownerId: string, name: string) => string | null;

export interface ScopeSources {
  readonly nodes: readonly TreeNode[];
  readonly environments: readonly Environment[];
  readonly environmentId: string | null;
  /** The endpoint, or the folder, whose place counts; null: none, as for an address that is not saved. */
  readonly nodeId: string | null;
  readonly secrets: SecretLookup;
  /** Given by the app, such as the address of the samples. */
  readonly given: Variables;
}

export function scopeOf(sources: ScopeSources): Scope {
  const scope = new Map<string, ScopedVariable>();
  for (const [name, value] of sources.given)
    scope.set(name, { name, value, secret: false, owner: { kind: 'app', id: '', name: 'Streamscope' } });
  const put = (owner: ScopeOwner, variables: readonly Variable[]) => {
    for (const { name, value, secret, enabled } of variables) {
      if (!enabled || name === '') continue;
      scope.set(name, { name, value: secret ? sources.secrets(owner.id, name) : value, secret, owner });
    }
  };
  for (const folder of foldersAround(sources.nodes, sources.nodeId))
    put({ kind: 'folder', id: folder.id, name: folder.name }, folder.variables);
  const environment = sources.environments.find(({ id }) => id === sources.environmentId);
  if (environment)
    put({ kind: 'environment', id: environment.id, name: environment.name }, environment.variables);
  return scope;
}

/** The folders around a node and the node itself if it is one, the outermost first. */
export function foldersAround(nodes: readonly TreeNode[], nodeId: string | null): readonly FolderNode[] {
  const found: FolderNode[] = [];
  let node = nodes.find(({ id }) => id === nodeId);
  while (node) {
    const { parentId } = node;
    if (node.kind === 'folder') {
      // A folder inside itself, as a damaged file may hold.
      if (found.includes(node)) break;
      found.unshift(node);
    }
    node = parentId === null ? undefined : nodes.find(({ id }) => id === parentId);
  }
  return found;
}

/** The values that are known, by name. */
export function knownValues(scope: Scope): Variables {
  const values = new Map<string, string>();
  for (const { name, value } of scope.values()) if (value !== null) values.set(name, value);
  return values;
}

/** What a person is shown for each name. */
export function shownValues(scope: Scope): Variables {
  const asked = 'a secret that is asked for when you connect';
  return new Map([...scope.values()].map(({ name, value }) => [name, value ?? asked]));
}

/** The values that are known, with secrets left as they are named: for what leaves the app, such as a copied command. */
export function withoutSecrets(scope: Scope): Variables {
  const values = new Map<string, string>();
  for (const { name, value, secret } of scope.values()) {
    if (secret) values.set(name, `{{${name}}}`);
    else if (value !== null) values.set(name, value);
  }
  return values;
}

/** The secrets that are known: what must never be recorded. */
export function secretValues(scope: Scope): readonly string[] {
  return [...scope.values()].flatMap(({ secret, value }) => (secret && value ? [value] : []));
}

/** In words: "the environment Staging", "the folder Chat". */
export function ownerText(owner: ScopeOwner): string {
  return owner.kind === 'app' ? 'Streamscope' : `the ${owner.kind} ${owner.name}`;
}

/** The secrets that what is sent of a request names and whose values are not known. */
export function missingSecrets(request: RequestSpec, scope: Scope): readonly ScopedVariable[] {
  const named = new Set<string>();
  mapRequestTexts(request, (text, { sent }) => {
    if (sent) for (const { name } of variableUses(text, new Map())) named.add(name);
    return text;
  });
  return [...scope.values()].filter(({ name, value, secret }) => secret && value === null && named.has(name));
}
