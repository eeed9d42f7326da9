import { describe, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../../../src/shared/connection/blank-request.ts';
import { dropAt } from '../../../../../src/renderer/views/sidebar/tree-drag.ts';
import type { EndpointNode, FolderNode } from '../../../../../src/shared/workspace/workspace.ts';

const folder = (id: string, open: boolean, parentId: string | null = null): FolderNode => ({
  kind: 'folder',
  id,
  parentId,
  name: id,
  open,
  variables: [],
});
const endpoint = (id: string, parentId: string | null = null): EndpointNode => ({
  kind: 'endpoint',
  id,
  parentId,
  name: id,
  note: '',
  request: BLANK_REQUEST,
});

const a = endpoint('a');
const open = folder('open', true);
const inOpen = endpoint('in', 'open');
const closed = folder('closed', false);
const z = endpoint('z');
const nodes = [a, open, inOpen, closed, z];

describe('a drop on the tree', () => {
  it('goes before or after an endpoint, by the half of the row', () => {
    expect(dropAt(nodes, 'z', a, 0.2)).toMatchObject({
      mark: 'before',
      place: { parentId: null, beforeId: 'a' },
    });
    expect(dropAt(nodes, 'z', a, 0.8)).toMatchObject({
      mark: 'after',
      place: { parentId: null, beforeId: 'open' },
    });
    expect(dropAt(nodes, 'a', z, 0.8)).toMatchObject({
      mark: 'after',
      place: { parentId: null, beforeId: null },
    });
  });

  it('goes into a closed folder at its middle, and beside it at its edges', () => {
    expect(dropAt(nodes, 'a', closed, 0.1)).toMatchObject({ mark: 'before' });
    expect(dropAt(nodes, 'a', closed, 0.5)).toMatchObject({
      mark: 'inside',
      place: { parentId: 'closed', beforeId: null },
    });
    expect(dropAt(nodes, 'a', closed, 0.9)).toMatchObject({
      mark: 'after',
      place: { parentId: null, beforeId: 'z' },
    });
  });

  it('goes to the top of an open folder, because that is where the pointer is', () => {
    expect(dropAt(nodes, 'a', open, 0.9)).toMatchObject({
      mark: 'inside',
      place: { parentId: 'open', beforeId: 'in' },
    });
    expect(dropAt(nodes, 'in', open, 0.9)).toMatchObject({ place: { parentId: 'open', beforeId: null } });
  });

  it('does not go onto itself or into what it holds', () => {
    expect(dropAt(nodes, 'a', a, 0.2)).toBeNull();
    expect(dropAt(nodes, 'open', inOpen, 0.2)).toBeNull();
  });
});
