import { describe, expect, it } from 'vitest';
import type { TreeNode } from '../../src/shared/workspace/workspace.ts';
import { click, endpoint, eventually, openWorld, session, status } from './support/world.ts';

const nodes: readonly TreeNode[] = [
  endpoint('A', 'http://localhost/a'),
  { kind: 'folder', id: 'F', parentId: null, name: 'F', open: true, variables: [] },
  endpoint('B', 'http://localhost/b', { parentId: 'F' }),
  endpoint('C', 'http://localhost/c'),
];

describe('the tree of endpoints', () => {
  it('is walked, folded and opened by the keyboard', async () => {
    const world = await openWorld({ nodes });
    const tree = document.querySelector('[role=tree]') as Element;
    const focused = () => document.activeElement?.querySelector('.name')?.textContent;
    world.treeItem('A').focus();
    world.press(tree, 'ArrowDown');
    await eventually(() => expect(focused()).toBe('F'));
    world.press(tree, 'ArrowLeft');
    expect(world.treeItems()).toEqual(['A', 'F', 'C']);
    world.press(tree, 'ArrowRight');
    expect(world.treeItems()).toEqual(['A', 'F', 'B', 'C']);
    world.press(tree, 'ArrowRight');
    await eventually(() => expect(focused()).toBe('B'));
    world.press(tree, 'ArrowLeft');
    await eventually(() => expect(focused()).toBe('F'));
    world.press(tree, 'End');
    await eventually(() => expect(focused()).toBe('C'));
    world.press(tree, 'Enter');
    expect(world.field('Address').value).toBe('http://localhost/c');
  });

  it('has one row that Tab reaches, and tells levels and places', async () => {
    await openWorld({ nodes });
    const items = [...document.querySelectorAll('[role=treeitem]')];
    expect(items.filter((item) => item.getAttribute('tabindex') === '0')).toHaveLength(1);
    expect(
      items.map((item) =>
        ['aria-level', 'aria-posinset', 'aria-setsize'].map((name) => item.getAttribute(name)),
      ),
    ).toEqual([
      ['1', '1', '3'],
      ['1', '2', '3'],
      ['2', '1', '1'],
      ['1', '3', '3'],
    ]);
  });

  it('renames in place, and Escape gives it up', async () => {
    const world = await openWorld({ nodes });
    const tree = document.querySelector('[role=tree]') as Element;
    world.treeItem('C').focus();
    world.press(tree, 'F2');
    world.field('Name').value = 'Renamed';
    world.press(world.field('Name'), 'Enter');
    expect(world.treeItems()).toEqual(['A', 'F', 'B', 'Renamed']);
    world.press(tree, 'F2');
    world.field('Name').value = 'Not this';
    world.press(world.field('Name'), 'Escape');
    expect(world.treeItems()).toEqual(['A', 'F', 'B', 'Renamed']);
    expect(world.calls('workspace:save-nodes')).toHaveLength(1);
  });

  it('moves with Alt and the arrows', async () => {
    const world = await openWorld({ nodes });
    const tree = document.querySelector('[role=tree]') as Element;
    world.treeItem('C').focus();
    world.press(tree, 'ArrowUp', { altKey: true });
    expect(world.treeItems()).toEqual(['A', 'C', 'F', 'B']);
  });

  it('brings back a deleted folder with all that was in it, where it was', async () => {
    const world = await openWorld({ nodes });
    const tree = document.querySelector('[role=tree]') as Element;
    world.treeItem('F').focus();
    world.press(tree, 'Delete');
    expect(world.treeItems()).toEqual(['A', 'C']);
    expect(world.text()).toContain('Deleted "F" and 1 inside it');
    world.app.endpoints.rename('C', 'Changed since');
    click(world.button('Undo'));
    expect(world.treeItems()).toEqual(['A', 'F', 'B', 'Changed since']);
    expect(world.calls('workspace:save-nodes').at(-1)).toMatchObject([
      { id: 'A' },
      { id: 'F' },
      { id: 'B' },
      { id: 'C' },
    ]);
  });

  it('duplicates and moves from its menu, which the keyboard opens too', async () => {
    const world = await openWorld({ nodes });
    const tree = document.querySelector('[role=tree]') as Element;
    world.treeItem('A').focus();
    world.press(tree, 'F10', { shiftKey: true });
    const menu = document.querySelector('[role=menu]') as Element;
    expect(document.activeElement?.textContent).toContain('Connect');
    world.press(menu, 'd');
    expect(document.activeElement?.textContent).toContain('Duplicate');
    click(document.activeElement as Element);
    expect(world.treeItems()).toEqual(['A', 'A copy', 'F', 'B', 'C']);

    world.treeItem('A').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await eventually(() => expect(world.maybeButton(/^Move into "F"/)).not.toBeNull());
    click(world.button(/^Move into "F"/));
    expect(world.treeItems()).toEqual(['A copy', 'F', 'B', 'A', 'C']);
    expect(document.querySelector('[role=menu]')).toBeNull();
  });

  it('makes a folder and asks for its name at once', async () => {
    const world = await openWorld({ nodes });
    click(world.button('New folder'));
    expect(world.field('Name').value).toBe('New folder');
  });

  it('says when the endpoints could not be saved', async () => {
    const world = await openWorld({
      nodes,
      answers: {
        'workspace:save-nodes': () => {
          throw new Error('The disk is full.');
        },
      },
    });
    world.app.endpoints.rename('A', 'X');
    await eventually(() =>
      expect(document.querySelector('[role=alert]')?.textContent).toContain('The disk is full.'),
    );
  });

  it('shows which endpoints are connected, in a word', async () => {
    const world = await openWorld({ nodes, sessions: [session('s', { endpointId: 'A', outcome: 'live' })] });
    expect(world.treeItem('A').textContent).not.toContain('Open');
    world.report('s', status('open'));
    expect(world.treeItem('A').textContent).toContain('Open');
  });
});

describe('the list of sessions', () => {
  const sessions = [
    session('one', { name: 'One', outcome: 'stopped' }),
    session('two', { name: 'Two', outcome: 'failed' }),
  ];
  const rows = () => [...document.querySelectorAll<HTMLElement>('[role=listbox] [role=option]')];

  it('says how each ended', async () => {
    await openWorld({ sessions });
    expect(rows().map((row) => row.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      expect.stringMatching(/^One .*Stopped, 0 events, 1 s$/),
      expect.stringMatching(/^Two .*Failed, 0 events, 1 s$/),
    ]);
  });

  it('opens one and renames it in place', async () => {
    const world = await openWorld({ sessions });
    const [first] = rows();
    if (first) click(first);
    expect(world.app.session?.sessionId).toBe('one');
    world.press(document.querySelector('[role=listbox]') as Element, 'F2');
    world.field('Name').value = 'First';
    world.press(world.field('Name'), 'Enter');
    expect(world.calls('session:rename')).toEqual([{ sessionId: 'one', name: 'First' }]);
    expect(rows()[0]?.textContent).toContain('First');
  });

  it('deletes with an undo that shows it again', async () => {
    const kept = [...sessions];
    const world = await openWorld({
      sessions,
      ui: { sessionId: 'one' },
      answers: {
        'session:list': () => kept,
        'session:delete': () => void kept.shift(),
        'session:restore': () => void kept.unshift(session('one', { name: 'One' })),
      },
    });
    world.press(document.querySelector('[role=listbox]') as Element, 'Delete');
    await eventually(() => expect(world.maybeButton('Undo')).not.toBeNull());
    expect(rows()).toHaveLength(1);
    expect(world.app.session).toBeNull();
    click(world.button('Undo'));
    await eventually(() => expect(world.app.session?.sessionId).toBe('one'));
    expect(rows()).toHaveLength(2);
  });

  it('does not delete what is being recorded', async () => {
    const world = await openWorld({
      sessions: [session('live', { outcome: 'live' })],
      ui: { sessionId: 'live' },
    });
    world.report('live', status('open'));
    world.press(document.querySelector('[role=listbox]') as Element, 'Delete');
    expect(world.calls('session:delete')).toEqual([]);
  });
});
