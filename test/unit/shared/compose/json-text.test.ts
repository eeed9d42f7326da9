import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, rewriteJson } from '../../../../src/shared/compose/json-text.ts';

const json = fc.jsonValue({ maxDepth: 4 });
const indent = fc.constantFrom(0, 1, 2, 4, '\t');
/** JSON has no -0 that anybody could tell from 0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('writing a value into a JSON text', () => {
  it('keeps every character when nothing changed', () => {
    fc.assert(
      fc.property(json, indent, (value, unit) => {
        const text = JSON.stringify(value, null, unit);
        expect(rewriteJson(text, JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('always says what it was told to say', () => {
    fc.assert(
      fc.property(json, json, indent, (before, after, unit) => {
        const text = JSON.stringify(before, null, unit);
        expect(JSON.parse(rewriteJson(text, after))).toEqual(plain(after));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps numbers as they were spelled, odd blanks and the order of names', () => {
    const text = '{ "seed":12345678901234567890,\n\t"top_p" : 1.0 , "model": "a", "n": [1e3,  2.50]}\n';
    const value = JSON.parse(text) as object;
    expect(rewriteJson(text, { ...value, model: 'b' })).toBe(text.replace('"a"', '"b"'));
  });

  it('lays out what is new as its neighbours are', () => {
    const text = '{\n    "a": [\n        1\n    ]\n}';
    expect(rewriteJson(text, { a: [1, { b: 2 }], c: [] })).toBe(
      '{\n    "a": [\n        1,\n        {\n            "b": 2\n        }\n    ],\n    "c": []\n}',
    );
    expect(rewriteJson('{"a":1}', { a: 1, b: { c: 2 } })).toBe('{"a":1,"b":{"c":2}}');
  });

  it('takes items out and moves them whole', () => {
    const text = '[\n  {"x": 1.0},\n  {"y": 2.0},\n  {"z": 3.0}\n]';
    expect(rewriteJson(text, [{ z: 3 }, { x: 1 }])).toBe('[\n  {"z": 3.0},\n  {"x": 1.0}\n]');
    expect(rewriteJson(text, [])).toBe('[]');
  });

  it('changes the last of names that come twice, which is the one that counts', () => {
    expect(JSON.parse(rewriteJson('{"a":1,"a":2}', { a: 3 }))).toEqual({ a: 3 });
    expect(rewriteJson('{"a":1,"a":2,"b":0}', { b: 0 })).toBe('{"b":0}');
  });

  it('begins a document in a blank text', () => {
    expect(rewriteJson(' \n', { a: 1 })).toBe('{\n  "a": 1\n}');
  });

  it('refuses what is nested too deep to be walked', () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(() => parseJson(deep)).toThrow('Nested deeper than 100 levels');
    expect(parseJson('{"a":"[[[{{{\\"[["}')).toEqual({ a: '[[[{{{"[[' });
  });
});
