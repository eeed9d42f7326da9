import { describe, expect, it } from 'vitest';
import { alignItems, carryOver, sameJson } from '../../../../src/shared/compose/carry-over.ts';

describe('comparing JSON', () => {
  it('does not look at the order of names', () => {
    expect(sameJson({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 })).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [
      [1, 2],
      [2, 1],
    ],
    [{}, []],
    [{ a: undefined }, { b: 1 }],
    [null, {}],
  ])('tells %j from %j', (a, b) => {
    expect(sameJson(a, b)).toBe(false);
  });
});

describe('aligning lists', () => {
  it.each([
    ['nothing changed', ['a', 'b'], ['a', 'b'], [0, 1]],
    ['one in the middle changed', ['a', 'b', 'c'], ['a', 'x', 'c'], [0, 1, 2]],
    ['one was added in front', ['a', 'b'], ['x', 'a', 'b'], [-1, 0, 1]],
    ['one was taken out', ['a', 'b', 'c'], ['a', 'c'], [0, 2]],
    ['two changed places', ['a', 'b'], ['b', 'a'], [1, 0]],
    ['the same twice', ['a', 'a'], ['a', 'a', 'a'], [0, 1, -1]],
  ])('%s', (_, old, next, sources) => {
    expect(alignItems(old, next)).toEqual(sources);
  });

  it('writes over the old value of what changed, and nowhere else', () => {
    const values = [
      { text: 'a', kept: 1 },
      { text: 'b', kept: 2 },
    ];
    const written = carryOver(
      values,
      (value) => (value as { text: string }).text,
      ['new', 'b', 'x'],
      (text, over) => ({ ...(over as object), text }),
    );
    expect(written).toEqual([{ text: 'new', kept: 1 }, { text: 'b', kept: 2 }, { text: 'x' }]);
    expect(written[1]).toBe(values[1]);
  });
});
