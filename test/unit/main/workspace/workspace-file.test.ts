import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspaceFile } from '../../../../src/main/workspace/workspace-file.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { DEFAULT_RECONNECT } from '../../../../src/shared/connection/types.ts';
import { DEFAULT_UI, type TreeNode } from '../../../../src/shared/workspace/workspace.ts';
import { bodyOfText } from '../../../../src/shared/connection/request-body.ts';

const samples: TreeNode = {
  kind: 'folder',
  id: 'samples',
  parentId: null,
  name: 'Samples',
  open: true,
  variables: [],
};
const mine: TreeNode = {
  kind: 'endpoint',
  id: 'mine',
  parentId: null,
  name: 'Mine',
  note: '',
  request: {
    ...BLANK_REQUEST,
    method: 'GET',
    url: 'http://127.0.0.1/events',
    headers: [{ name: 'Authorization', value: 'Bearer secret', enabled: true }],
    body: bodyOfText(''),
    reconnect: DEFAULT_RECONNECT,
    lastEventId: '',
  },
};

let folder = '';
let path = '';
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamscope-workspace-'));
  path = join(folder, 'workspace.json');
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () =>
  openWorkspaceFile({
    path,
    folder: join(folder, 'workspace'),
    firstNodes: [samples],
    say: (message) => said.push(message),
    epochMs: () => 0,
  });
const asideFiles = async () => (await readdir(folder)).filter((name) => name.includes('damaged'));

describe('workspace file', () => {
  it('begins with the samples', async () => {
    const { workspace } = await open();
    expect(workspace).toEqual({ nodes: [samples], environments: [], ui: DEFAULT_UI });
    expect(await readdir(folder)).toEqual([]);
  });

  it('comes back as it was saved, and does not bring the samples back', async () => {
    const file = await open();
    file.saveNodes([mine]);
    file.saveUi({ ...DEFAULT_UI, theme: 'dark', selectedSeq: 7 });
    await file.flush();
    expect((await open()).workspace).toEqual({
      nodes: [mine],
      environments: [],
      ui: { ...DEFAULT_UI, theme: 'dark', selectedSeq: 7 },
    });
    expect(said).toEqual([]);
  });

  it('is readable by its owner only, and leaves no temporary file', async () => {
    const file = await open();
    file.saveNodes([mine]);
    await file.flush();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['workspace', 'workspace.json']);
    expect((await stat(join(folder, 'workspace/endpoints/Mine.yaml'))).mode & 0o777).toBe(0o600);
  });

  it('is written by itself a moment after a change', async () => {
    const file = await open();
    file.saveNodes([mine]);
    await expect
      .poll(() => readFile(join(folder, 'workspace/endpoints/Mine.yaml'), 'utf8').catch(() => ''))
      .toContain('name: Mine');
  });

  it('holds the last of many changes', async () => {
    const file = await open();
    for (let width = 0; width < 500; width += 1) file.saveUi({ ...DEFAULT_UI, sidebarWidth: width });
    const flushes = [file.flush(), file.flush()];
    file.saveUi({ ...DEFAULT_UI, sidebarWidth: 777 });
    await Promise.all(flushes);
    await file.flush();
    expect((await open()).workspace.ui.sidebarWidth).toBe(777);
  });

  it('gives new fields of the arrangement their defaults', async () => {
    await writeFile(path, JSON.stringify({ version: 1, nodes: [mine], ui: { theme: 'dark' } }));
    expect((await open()).workspace).toEqual({
      nodes: [mine],
      environments: [],
      ui: { ...DEFAULT_UI, theme: 'dark' },
    });
    expect(said).toEqual([]);
  });

  it.each([
    ['cut in the middle', '{"version":1,"nodes":[{"kind":"fol'],
    ['empty', ''],
    ['not an object', 'null'],
    ['another program’s', '{"hello":"world"}'],
  ])('that is %s is kept aside and said', async (_what, content) => {
    await writeFile(path, content);
    const file = await open();
    expect(file.workspace.nodes).toEqual([samples]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('workspace.damaged-1970-01-01T00-00-00-000Z.json');
    const aside = await asideFiles();
    expect(aside).toHaveLength(1);
    expect(await readFile(join(folder, aside[0] ?? ''), 'utf8')).toBe(content);
    await file.flush();
    await open();
    expect(said).toHaveLength(1);
  });

  it('of a newer version is kept aside, not misread', async () => {
    await writeFile(path, JSON.stringify({ version: 3, nodes: [mine], ui: DEFAULT_UI }));
    expect((await open()).workspace.nodes).toEqual([samples]);
    expect(said[0]).toContain('newer Streamscope');
  });

  it('with a damaged arrangement keeps its endpoints', async () => {
    await writeFile(
      path,
      JSON.stringify({ version: 1, nodes: [mine], ui: { ...DEFAULT_UI, theme: 'pink' } }),
    );
    expect((await open()).workspace).toEqual({ nodes: [mine], environments: [], ui: DEFAULT_UI });
    expect(said[0]).toContain('arrangement');
    expect(await asideFiles()).toHaveLength(1);
  });

  it('with damaged endpoints keeps its arrangement', async () => {
    const ui = { ...DEFAULT_UI, theme: 'dark' };
    await writeFile(path, JSON.stringify({ version: 1, nodes: [{ ...mine, id: '../up' }], ui }));
    expect((await open()).workspace).toEqual({ nodes: [samples], environments: [], ui });
    expect(said[0]).toContain('endpoints');
  });

  it('that cannot be written is said once, and the last good one stays', async () => {
    const file = await open();
    file.saveUi({ ...DEFAULT_UI, tab: 'raw' });
    await file.flush();
    // A folder in the way of the temporary file fails for every user, root included.
    await mkdir(`${path}.new`);
    await writeFile(join(`${path}.new`, 'x'), '');
    file.saveUi({ ...DEFAULT_UI, tab: 'timeline' });
    await expect.poll(() => said.length).toBe(1);
    expect(said[0]).toContain('could not be saved');
    await expect(file.flush()).rejects.toThrow();
    expect(said).toHaveLength(1);
    expect((await open()).workspace.ui.tab).toBe('raw');
    await rm(`${path}.new`, { recursive: true });
    await file.flush();
    expect((await open()).workspace.ui.tab).toBe('timeline');
  });

  it('of the first version has its endpoints moved into the folder', async () => {
    const ui = { ...DEFAULT_UI, theme: 'dark' };
    const closed = { ...samples, open: false };
    await writeFile(path, JSON.stringify({ version: 1, nodes: [closed, mine], ui }));
    const file = await open();
    expect(file.workspace).toEqual({ nodes: [closed, mine], environments: [], ui });
    await file.flush();
    expect(await readFile(path, 'utf8')).not.toContain('Bearer');
    expect((await open()).workspace).toEqual({ nodes: [closed, mine], environments: [], ui });
    expect(said).toEqual([]);
  });

  it('goes on in another folder: with what is there, or with a copy of what there was', async () => {
    const file = await open();
    file.saveNodes([mine]);
    const empty = join(folder, 'shared');
    await file.useFolder(empty);
    expect(file.workspace.nodes).toEqual([mine]);
    file.saveNodes([]);
    await file.flush();
    await file.useFolder(join(folder, 'workspace'));
    expect(file.workspace.nodes).toEqual([mine]);
    await file.useFolder(empty);
    expect(file.workspace.nodes).toEqual([]);
    await file.flush();
    expect((await open()).folder).toBe(empty);
  });

  it('does not go into a folder that holds something else', async () => {
    const file = await open();
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'thesis.txt'), 'x');
    await expect(file.useFolder(other)).rejects.toThrow('holds other files');
    expect(await readdir(other)).toEqual(['thesis.txt']);
  });

  it('takes in what somebody else changed in the folder', async () => {
    const file = await open();
    file.saveNodes([mine]);
    expect(await file.refresh()).toBe(false);
    const endpointFile = join(folder, 'workspace/endpoints/Mine.yaml');
    const text = await readFile(endpointFile, 'utf8');
    await writeFile(endpointFile, text.replace('127.0.0.1', 'other.example'));
    expect(await file.refresh()).toBe(true);
    expect(file.workspace.nodes).toMatchObject([{ request: { url: 'http://other.example/events' } }]);
  });
});
