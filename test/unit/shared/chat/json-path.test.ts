import { describe, expect, it } from 'vitest';
import { findTextPaths, parseJsonPath, valueAt } from '../../../../src/shared/chat/json-path.ts';

describe('a path', () => {
  it.each([
    ['choices[0].text', ['choices', 0, 'text']],
    ['$.delta', ['delta']],
    ['a["b c"].d', ['a', 'b c', 'd']],
    ["['x'][2]", ['x', 2]],
  ])('%j is read', (text, path) => expect(parseJsonPath(text)).toEqual(path));

  it.each(['', '$', 'a[', 'a..b', 'a[x]', 'a b'])('%j is none', (text) =>
    expect(parseJsonPath(text)).toBeNull(),
  );

  it('leads to a value, and to nothing that is not its own', () => {
    expect(valueAt({ a: [{ b: 'x' }] }, ['a', 0, 'b'])).toBe('x');
    expect(valueAt({}, ['constructor', 'name'])).toBeUndefined();
    expect(valueAt(null, ['a'])).toBeUndefined();
  });
});

describe('paths that hold text', () => {
  it('are those whose strings go on from event to event', () => {
    const words = ['Low ', 'tide ', 'at ', 'noon.'];
    const events = words.map((word, at) => ({ id: 'same', key: `k${at}`, out: [{ piece: word }] }));
    expect(findTextPaths(events)).toEqual([
      { path: 'out[0].piece', isCumulative: false, sample: 'Low tide at noon.' },
    ]);
  });

  it('may hold the text so far', () => {
    const events = ['Low', 'Low tide', 'Low tide at', 'Low tide at noon.'].map((text) => ({ answer: text }));
    expect(findTextPaths(events)).toEqual([
      { path: 'answer', isCumulative: true, sample: 'Low tide at noon.' },
    ]);
  });

  it.each([[[]], [[1, null, 'x']], [[{ a: 'x' }, { a: 'x' }, { a: 'x' }]]])('are none in %j', (events) => {
    expect(findTextPaths(events)).toEqual([]);
  });
});
