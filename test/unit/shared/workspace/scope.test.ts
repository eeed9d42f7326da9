import { describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import {
  foldersAround,
  knownValues,
  missingSecrets,
  ownerText,
  scopeOf,
  secretValues,
  shownValues,
  withoutSecrets,
  type ScopeSources,
} from '../../../../src/shared/workspace/scope.ts';
import type { FolderNode, TreeNode, Variable } from '../../../../src/shared/workspace/workspace.ts';

const plain = (name: string, value: string, enabled = true): Variable => ({
  name,
  value,
  secret: false,
  enabled,
});
const secret = (name: string): Variable => ({ name, value: '', secret: true, enabled: true });
const folder = (id: string, parentId: string | null, ...variables: Variable[]): FolderNode => ({
  kind: 'folder',
  id,
  parentId,
  name: id.toUpperCase(),
  open: true,
  variables,
});
const nodes: readonly TreeNode[] = [
  folder('outer', null, plain('base', 'outer'), plain('only', 'outer')),
  folder('inner', 'outer', plain('base', 'inner'), plain('off', 'x', false), secret('key')),
  {
    kind: 'endpoint',
    id: 'e',
    parentId: 'inner',
    name: 'E',
    note: '',
    request: BLANK_REQUEST,
  },
];
const sources: ScopeSources = {
  nodes,
  environments: [{ id: 'prod', name: 'Production', variables: [plain('base', 'prod')] }],
  environmentId: null,
  nodeId: 'e',
  secrets: () => null,
  given: new Map([
    ['samples', 'http://127.0.0.1:1'],
    ['only', 'app'],
  ]),
};

describe('the scope of a request', () => {
  it('has the values of its folders, the inner before the outer, and of the app behind them', () => {
    expect(Object.fromEntries(knownValues(scopeOf(sources)))).toEqual({
      samples: 'http://127.0.0.1:1',
      base: 'inner',
      only: 'outer',
    });
  });

  it('has the values of the environment that is on before all others, and says whose they are', () => {
    const scope = scopeOf({ ...sources, environmentId: 'prod' });
    expect(scope.get('base')).toMatchObject({ value: 'prod', owner: { kind: 'environment', id: 'prod' } });
    expect(ownerText(scope.get('base')!.owner)).toBe('the environment Production');
    expect(ownerText(scope.get('only')!.owner)).toBe('the folder OUTER');
    expect(ownerText(scope.get('samples')!.owner)).toBe('Streamscope');
  });

  it('of an address that is not saved has no folders', () => {
    expect([...scopeOf({ ...sources, nodeId: null }).keys()]).toEqual(['samples', 'only']);
  });

  it('knows its secrets by their owners', () => {
    const scope = scopeOf({ ...sources, secrets: (owner, name) => `${owner}/${name}` });
    expect(secretValues(scope)).toEqual(['inner/key']);
    expect(withoutSecrets(scope).get('key')).toBe('{{key}}');
    expect(secretValues(scopeOf(sources))).toEqual([]);
    expect(shownValues(scopeOf(sources)).get('key')).toContain('asked for');
  });

  it('misses the secrets that a request sends and that have no value', () => {
    const scope = scopeOf(sources);
    const header = (enabled: boolean) => ({ name: 'Authorization', value: 'Bearer {{ key }}', enabled });
    const missing = (enabled: boolean) =>
      missingSecrets({ ...BLANK_REQUEST, headers: [header(enabled)] }, scope).map(({ name }) => name);
    expect(missing(true)).toEqual(['key']);
    expect(missing(false)).toEqual([]);
    expect(missingSecrets({ ...BLANK_REQUEST, url: '{{base}}' }, scope)).toEqual([]);
  });

  it('ends with folders that are inside themselves', () => {
    const around = foldersAround([folder('a', 'b'), folder('b', 'a')], 'a');
    expect(around.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
