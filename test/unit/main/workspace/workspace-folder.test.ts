import fc from 'fast-check';
import { mkdtempSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import type { EndpointNode, Environment, FolderNode } from '../../../../src/shared/workspace/workspace.ts';
import { createWorkspaceFolder } from '../../../../src/main/workspace/workspace-folder.ts';

let root = '';
let fresh = 0;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'streamscope-folder-'));
  fresh = 0;
});
afterEach(() => rm(root, { recursive: true, force: true }));
const open = (path = root) => createWorkspaceFolder(path, () => `fresh-${(fresh += 1)}`);
const files = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

const endpoint = (id: string, parentId: string | null, name: string, url = 'http://h/'): EndpointNode => ({
  kind: 'endpoint',
  id,
  parentId,
  name,
  note: '',
  request: { ...BLANK_REQUEST, url },
});
const folder = (id: string, parentId: string | null, name: string): FolderNode => ({
  kind: 'folder',
  id,
  parentId,
  name,
  open: true,
  variables: [],
});
const production: Environment = {
  id: 'prod',
  name: 'Production',
  variables: [
    { name: 'base', value: 'https://h', secret: false, enabled: true },
    { name: 'key', value: '', secret: true, enabled: true },
  ],
};
const nodes = [
  folder('f', null, 'Chat: models'),
  endpoint('b', 'f', 'Zebra'),
  endpoint('a', 'f', 'apple'),
  endpoint('c', null, 'Zebra'),
];
const shared = { nodes, environments: [production] };

describe('a workspace folder', () => {
  it('has a file for each endpoint and environment, named after it', async () => {
    await open().write(shared);
    expect(await files()).toEqual([
      'endpoints/Chat- models/Zebra.yaml',
      'endpoints/Chat- models/apple.yaml',
      'endpoints/Chat- models/folder.yaml',
      'endpoints/Zebra.yaml',
      'environments/Production.yaml',
      'streamscope.yaml',
    ]);
    expect(await readFile(join(root, 'endpoints/Zebra.yaml'), 'utf8')).toBe(
      'id: c\nname: Zebra\nrequest:\n  url: http://h/\n',
    );
  });

  it('comes back with its order, its names and its identifiers', async () => {
    await open().write(shared);
    const { nodes: read, environments, problems } = await open().read();
    expect(read).toEqual(nodes);
    expect(environments).toEqual([production]);
    expect(problems).toEqual([]);
  });

  it('writes only what changed, moves what was renamed and removes what is gone', async () => {
    const one = open();
    await one.write(shared);
    const before = await stat(join(root, 'endpoints/Zebra.yaml'));
    await one.write({
      nodes: [endpoint('a', null, 'Banana'), endpoint('c', null, 'Zebra')],
      environments: [],
    });
    expect(await files()).toEqual(['endpoints/Banana.yaml', 'endpoints/Zebra.yaml', 'streamscope.yaml']);
    const after = await stat(join(root, 'endpoints/Zebra.yaml'));
    expect({ ino: after.ino, ms: after.mtimeMs }).toEqual({ ino: before.ino, ms: before.mtimeMs });
    expect(await readdir(join(root, 'endpoints'))).toEqual(['Banana.yaml', 'Zebra.yaml']);
  });

  it('keeps apart names that a file system would mix up or refuse', async () => {
    const names = ['a', 'A', 'con', '..', '', 'x/y\\z', 'e'.repeat(300), '\u0000', 'folder'];
    const list = names.map((name, at) => endpoint(`n${at}`, null, name));
    await open().write({ nodes: list, environments: [] });
    const { nodes: read } = await open().read();
    expect(read.map(({ name }) => name)).toEqual(names);
    const written = await readdir(join(root, 'endpoints'));
    expect(written).toHaveLength(names.length);
    expect(new Set(written.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('takes a copied file as another endpoint, and a file written by hand as it is', async () => {
    await open().write(shared);
    await cp(join(root, 'endpoints/Zebra.yaml'), join(root, 'endpoints/Zebra copy.yaml'));
    await writeFile(join(root, 'endpoints/Mine.yaml'), 'request:\n  url: http://mine/\n');
    await mkdir(join(root, 'endpoints/Empty'));
    const { nodes: read, problems } = await open().read();
    expect(problems).toEqual([]);
    expect(read.slice(4)).toMatchObject([
      { id: 'fresh-1', name: 'Mine', request: { method: 'GET', url: 'http://mine/' } },
      { id: 'fresh-2', name: 'Zebra' },
    ]);
  });

  it('names files that it cannot use, and never touches them', async () => {
    await open().write(shared);
    const bad: Record<string, string> = {
      'endpoints/Broken.yaml': 'request: [',
      'endpoints/Wrong.yaml': 'request: {method: 7}',
      'endpoints/notes.txt': 'mine',
      'environments/Odd.yaml': 'variables: 3',
    };
    for (const [path, text] of Object.entries(bad)) await writeFile(join(root, path), text);
    const again = open();
    const { problems, nodes: read } = await again.read();
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'endpoints/Broken.yaml',
      'endpoints/Wrong.yaml',
      'environments/Odd.yaml',
    ]);
    expect(again.holdsOthers).toBe(true);
    await again.write({ nodes: [...read, endpoint('w', null, 'Wrong')], environments: [] });
    for (const [path, text] of Object.entries(bad))
      expect(await readFile(join(root, path), 'utf8')).toBe(text);
    expect(await files()).toContain('endpoints/Wrong 2.yaml');
  });

  it('knows when somebody else changed it', async () => {
    const one = open();
    await one.write(shared);
    expect(await one.changedOutside()).toBe(false);
    await writeFile(join(root, 'endpoints/More.yaml'), 'request: {}\n');
    expect(await one.changedOutside()).toBe(true);
    await one.read();
    expect(await one.changedOutside()).toBe(false);
  });

  it('of a newer Streamscope is refused and not written', async () => {
    await writeFile(join(root, 'streamscope.yaml'), 'format: 2\n');
    const one = open();
    await expect(one.read()).rejects.toThrow('newer Streamscope');
    await expect(one.write(shared)).rejects.toThrow('newer Streamscope');
    expect(await files()).toEqual(['streamscope.yaml']);
  });

  it('keeps every text of a request', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        fc.stringMatching(/^[\r\n\t #:"'{}|>&*!%@`-]{0,12}$/),
        async (a, b, c) => {
          const path = mkdtempSync(join(root, 'property-'));
          const node = {
            ...endpoint('e', null, b),
            note: c,
            request: {
              ...BLANK_REQUEST,
              url: c,
              headers: [{ name: a, value: c, enabled: false }],
              lastEventId: `${c}${a}`,
            },
          };
          await open(path).write({ nodes: [node], environments: [] });
          expect((await open(path).read()).nodes).toEqual([node]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
