import { describe, expect, it } from 'vitest';
import { jsonDifference } from '../../../../src/renderer/ui/json-difference.ts';
import { pathOf, readJson } from '../../../../src/renderer/ui/json-document.ts';
import { linesOf } from '../../../../src/renderer/ui/json-lines.ts';

const read = (value: unknown) => readJson(JSON.stringify(value));

describe('lines of a JSON tree', () => {
  it('show every node of a small document', () => {
    const json = read({ a: [1, 2], b: {} });
    expect(linesOf(json, new Set()).map((line) => pathOf(json, line.node))).toEqual([
      '$',
      '$.a',
      '$.a[0]',
      '$.a[1]',
      '$.b',
    ]);
  });

  it('leave out what is folded', () => {
    const json = read({ a: [1, [2]], b: 3 });
    expect(linesOf(json, new Set([1])).map((line) => pathOf(json, line.node))).toEqual(['$', '$.a', '$.b']);
  });

  it('show two levels of a large document, and more where the user unfolds', () => {
    const json = read({ rows: Array.from({ length: 2000 }, () => ({ x: { y: 1 } })) });
    const lines = linesOf(json, new Set());
    expect(lines).toHaveLength(2 + 2000);
    expect(linesOf(json, new Set([2]))).toHaveLength(2 + 2000 + 1);
  });
});

describe('what changed between two JSON texts', () => {
  it('tells added, changed and gone values, and where they are', () => {
    const before = read({ a: 1, b: { c: 'x', d: true }, list: [1, 2, 3] });
    const after = read({ a: 2, b: { c: 'x', e: null }, list: [1, 9] });
    const difference = jsonDifference(before, after);
    const paths = (nodes: Iterable<number>): string[] => [...nodes].map((node) => pathOf(after, node)).sort();
    expect(paths(difference.added)).toEqual(['$.b.e']);
    expect(paths(difference.changed.keys())).toEqual(['$.a', '$.list[1]']);
    expect(paths(difference.inside)).toEqual(['$', '$.b', '$.list']);
    expect(
      [...difference.gone]
        .map(([parent, gone]) => [pathOf(after, parent), gone.map((node) => pathOf(before, node))])
        .sort(),
    ).toEqual([
      ['$.b', ['$.b.d']],
      ['$.list', ['$.list[2]']],
    ]);
    expect(difference.count).toBe(5);
  });

  it('is nothing between equal texts, even when keys changed places', () => {
    expect(jsonDifference(read({ a: 1, b: [2] }), read({ b: [2], a: 1 })).count).toBe(0);
  });

  it('counts a value of another kind as changed, with all that was in it', () => {
    const difference = jsonDifference(read({ a: { b: 1 } }), read({ a: 'x' }));
    expect([...difference.changed.values()]).toEqual(['{"b":1}']);
  });

  it('shows what is gone at the end of what it was in', () => {
    const before = read({ a: { x: 1, y: 2 }, b: 3 });
    const after = read({ a: { x: 1 }, b: 3 });
    const lines = linesOf(after, new Set(), jsonDifference(before, after));
    expect(
      lines.map((line) => (line.gone ? `gone ${pathOf(before, line.node)}` : pathOf(after, line.node))),
    ).toEqual(['$', '$.a', '$.a.x', 'gone $.a.y', '$.b']);
  });

  it('shows what is gone from an object that is empty now', () => {
    const before = read({ a: { x: 1 } });
    const after = read({ a: {} });
    const lines = linesOf(after, new Set(), jsonDifference(before, after));
    expect(lines.map((line) => line.gone)).toEqual([false, false, true]);
  });
});
