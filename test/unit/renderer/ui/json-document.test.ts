import { describe, expect, it } from 'vitest';
import { pathOf, readJson, valueText, type JsonDocument } from '../../../../src/renderer/ui/json-document.ts';

/** Every node as path and source. */
function all(json: JsonDocument): (readonly [string, string])[] {
  return Array.from({ length: json.count }, (_, node) => [pathOf(json, node), json.source(node)] as const);
}

describe('a JSON document', () => {
  it('has its nodes in the order of the text, with their own text', () => {
    const json = readJson(' { "a" : [1, -2.5e3, "x"], "b": {"c": null}, "d": true } ');
    expect(all(json)).toEqual([
      ['$', '{ "a" : [1, -2.5e3, "x"], "b": {"c": null}, "d": true }'],
      ['$.a', '[1, -2.5e3, "x"]'],
      ['$.a[0]', '1'],
      ['$.a[1]', '-2.5e3'],
      ['$.a[2]', '"x"'],
      ['$.b', '{"c": null}'],
      ['$.b.c', 'null'],
      ['$.d', 'true'],
    ]);
    expect([0, 1, 5].map((node) => json.size(node))).toEqual([3, 3, 1]);
    expect([0, 1, 2, 5, 6].map((node) => json.next(node))).toEqual([8, 5, 3, 7, 7]);
    expect([0, 1, 2].map((node) => json.depth(node))).toEqual([0, 1, 2]);
  });

  it('keeps numbers as they were sent', () => {
    const json = readJson('[12345678901234567890, 1.10, 1E+2]');
    expect([1, 2, 3].map((node) => json.source(node))).toEqual(['12345678901234567890', '1.10', '1E+2']);
  });

  it('keeps keys that are repeated', () => {
    const json = readJson('{"a":1,"a":2}');
    expect(json.count).toBe(3);
    expect([1, 2].map((node) => [json.key(node), json.source(node)])).toEqual([
      ['a', '1'],
      ['a', '2'],
    ]);
  });

  it('reads strings with quotes, escapes and brackets in them', () => {
    const json = readJson('{"k\\"{":"a\\\\","n":"]}\\u00e9"}');
    expect(json.key(1)).toBe('k"{');
    expect(valueText(json, 1)).toBe('a\\');
    expect(valueText(json, 2)).toBe(']}\u00e9');
    expect(pathOf(json, 1)).toBe('$["k\\"{"]');
  });

  it('takes a scalar for a document', () => {
    expect(all(readJson('"x"'))).toEqual([['$', '"x"']]);
    expect(all(readJson(' 7 '))).toEqual([['$', '7']]);
  });

  it('is as deep as the text', () => {
    const deep = 2000;
    const json = readJson('['.repeat(deep) + ']'.repeat(deep));
    expect(json.count).toBe(deep);
    expect(json.depth(deep - 1)).toBe(deep - 1);
  });

  it('refuses what is not JSON', () => {
    for (const text of ['', '{', '{a:1}', '[1,]', 'nul']) expect(() => readJson(text)).toThrow();
  });

  it('agrees with JSON.parse on values', () => {
    const value = {
      rows: Array.from({ length: 300 }, (_, i) => ({ i, s: `"${i}"\n`, n: [null, { x: [] }, {}] })),
    };
    const text = JSON.stringify(value, null, 1);
    const json = readJson(text);
    expect(JSON.parse(json.source(0))).toEqual(value);
    const seventh = Array.from({ length: json.count }, (_, node) => node).find(
      (node) => pathOf(json, node) === '$.rows[7].s',
    );
    expect(valueText(json, seventh ?? 0)).toBe('"7"\n');
  });
});
