/**
 * The variables of the workspace: environments and which one is on, the variables of folders, and which secrets have a value.
 * The values of secrets stay in main; what is shown for them here is a row of dots.
 */
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { Client, SecretState } from '../../shared/ipc/contract.ts';
import { missingSecrets, scopeOf, type Scope, type ScopedVariable } from '../../shared/workspace/scope.ts';
import type { Environment, SecretKeeping, SecretRef, Variable } from '../../shared/workspace/workspace.ts';
import type { UiKeeper } from './app-ui.svelte.ts';
import type { Endpoints } from './endpoints.svelte.ts';
import type { Notices } from './undo.svelte.ts';

/** What stands for the value of a secret in the window. */
export const SECRET_DOTS = '••••••••';

export interface Environments {
  readonly list: readonly Environment[];
  /** The one that is switched on. */
  readonly active: Environment | undefined;
  readonly secrets: SecretState;
  /** The environment or folder whose variables are being edited; null: the first. */
  readonly editedId: string | null;
  load(environments: readonly Environment[]): Promise<void>;
  select(id: string | null): void;
  /** Chooses what the editor shows. */
  edit(ownerId: string | null): void;
  add(name: string): Environment;
  rename(id: string, name: string): void;
  duplicate(id: string): void;
  /** With an Undo. The values of its secrets stay until the app ends. */
  remove(id: string): void;
  /** Without a notice: for an Undo. */
  removeQuietly(id: string): void;
  variablesOf(ownerId: string): readonly Variable[];
  /** Of an environment or a folder. */
  saveVariables(ownerId: string, variables: readonly Variable[]): void;
  isKnown(ref: SecretRef): boolean;
  setSecret(ref: SecretRef, value: string): Promise<void>;
  reveal(ref: SecretRef): Promise<string | null>;
  keep(keeping: SecretKeeping): Promise<void>;
  scope(nodeId: string | null): Scope;
  /** Secrets that a request names and that have no value yet. */
  missing(nodeId: string | null, request: RequestSpec): readonly ScopedVariable[];
  /** What the dialog for secrets asks for, and what is done when all of them are given. */
  readonly asked: AskedSecrets;
  ask(wanted: readonly ScopedVariable[], then: () => void): void;
}

export interface AskedSecrets {
  readonly wanted: readonly ScopedVariable[];
  readonly then: () => void;
}

export interface EnvironmentsDeps {
  readonly client: Client;
  readonly keeper: UiKeeper;
  readonly endpoints: Endpoints;
  readonly notices: Notices;
  /** Where the app serves its samples; "" when it does not, or not yet. */
  readonly samplesOrigin: () => string;
}

const NO_SECRETS: SecretState = { keeping: 'memory', keychain: false, known: [] };

export function createEnvironments(deps: EnvironmentsDeps): Environments {
  const { client, keeper, endpoints, notices } = deps;
  let list = $state.raw<readonly Environment[]>([]);
  let secrets = $state.raw<SecretState>(NO_SECRETS);
  let asked = $state.raw<AskedSecrets>({ wanted: [], then: () => undefined });
  let editedId = $state<string | null>(null);
  const given = $derived(new Map(deps.samplesOrigin() === '' ? [] : [['samples', deps.samplesOrigin()]]));
  const known = $derived(new Set(secrets.known.map(keyOf)));

  function put(next: readonly Environment[]): void {
    list = next;
    client
      .call('workspace:save-environments', next)
      .catch((error: unknown) => notices.failed('The environments were not saved', error));
  }

  const environments: Environments = {
    get list() {
      return list;
    },
    get active() {
      return list.find(({ id }) => id === keeper.value.environmentId);
    },
    get secrets() {
      return secrets;
    },
    get editedId() {
      return editedId;
    },
    async load(loaded) {
      list = loaded;
      secrets = await client.call('secrets:state');
    },
    select: (id) => keeper.set({ environmentId: id }),
    edit: (ownerId) => (editedId = ownerId),
    add(name) {
      const added: Environment = { id: crypto.randomUUID(), name: freeName(list, name), variables: [] };
      put([...list, added]);
      editedId = added.id;
      return added;
    },
    rename(id, name) {
      const trimmed = name.trim();
      if (trimmed !== '') put(list.map((one) => (one.id === id ? { ...one, name: trimmed } : one)));
    },
    duplicate(id) {
      const from = list.find((one) => one.id === id);
      if (!from) return;
      const copy = { ...from, id: crypto.randomUUID(), name: freeName(list, `${from.name} copy`) };
      put(list.flatMap((one) => (one.id === id ? [one, copy] : [one])));
      editedId = copy.id;
    },
    remove(id) {
      const at = list.findIndex((one) => one.id === id);
      const gone = list[at];
      if (!gone) return;
      const wasActive = keeper.value.environmentId === id;
      put(list.filter((one) => one.id !== id));
      if (wasActive) keeper.set({ environmentId: null });
      notices.undoable(`Deleted the environment "${gone.name}"`, () => {
        put([...list.slice(0, at), gone, ...list.slice(at)]);
        if (wasActive) keeper.set({ environmentId: id });
      });
    },
    removeQuietly: (id) => put(list.filter((one) => one.id !== id)),
    variablesOf(ownerId) {
      const environment = list.find(({ id }) => id === ownerId);
      if (environment) return environment.variables;
      const node = endpoints.nodes.find(({ id }) => id === ownerId);
      return node?.kind === 'folder' ? node.variables : [];
    },
    saveVariables(ownerId, variables) {
      if (list.some(({ id }) => id === ownerId))
        put(list.map((one) => (one.id === ownerId ? { ...one, variables } : one)));
      else endpoints.saveVariables(ownerId, variables);
    },
    isKnown: (ref) => known.has(keyOf(ref)),
    async setSecret(ref, value) {
      try {
        secrets = await client.call('secrets:set', { ref, value });
      } catch (error) {
        notices.failed(`The secret ${ref.name} was not kept`, error);
      }
    },
    reveal: (ref) => client.call('secrets:reveal', ref),
    async keep(keeping) {
      try {
        secrets = await client.call('secrets:keep', { keeping });
      } catch (error) {
        notices.failed('Where secrets are kept was not changed', error);
      }
    },
    scope: (nodeId) =>
      scopeOf({
        nodes: endpoints.nodes,
        environments: list,
        environmentId: keeper.value.environmentId,
        nodeId,
        secrets: (ownerId, name) => (known.has(keyOf({ ownerId, name })) ? SECRET_DOTS : null),
        given,
      }),
    get asked() {
      return asked;
    },
    ask(wanted, then) {
      const named = new Map(wanted.map((one) => [keyOf({ ownerId: one.owner.id, name: one.name }), one]));
      asked = { wanted: [...named.values()], then };
    },
    missing: (nodeId, request) => missingSecrets(request, environments.scope(nodeId)),
  };
  return environments;
}

function keyOf({ ownerId, name }: SecretRef): string {
  return `${ownerId}\n${name}`;
}

function freeName(list: readonly Environment[], wanted: string): string {
  const taken = new Set(list.map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}
