import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  jsonPathText,
  matchJson,
  ordered,
  readJsonPath,
  type JsonStep,
} from '../../../../src/shared/filter/json-query.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';

const step = fc.oneof<fc.Arbitrary<JsonStep>[]>(
  fc.record({ key: fc.string({ unit: 'grapheme' }) }),
  fc.record({ index: fc.nat(999) }),
  fc.constant({ each: true } as const),
);

describe('a path into JSON', () => {
  it('is read as it was written, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (path) => {
        expect(readJsonPath(jsonPathText(path))).toEqual({ ok: true, path });
        expect(parseQuery(`json${jsonPathText(path)}=1`)).toMatchObject({
          ok: true,
          query: { parts: [{ op: 'json', path }] },
        });
      }),
    );
  });

  it('says where it cannot be read', () => {
    expect(readJsonPath('.a.')).toEqual({ ok: false, at: 2 });
    expect(readJsonPath('[x]')).toEqual({ ok: false, at: 0 });
  });

  it('leads to what is there and nowhere else', () => {
    const value = JSON.parse('{"a":[{"b":null}],"__proto__":{"c":1}}') as unknown;
    const leads = (text: string): boolean => {
      const read = readJsonPath(text);
      return read.ok && matchJson(value, read.path, null);
    };
    expect(['.a', '.a[0]', '.a[0].b', '.a[*].b', '.__proto__.c'].filter(leads)).toHaveLength(5);
    expect(['.b', '.a[1]', '.a.length', '.a[0].b.c', '.constructor', '[0]'].filter(leads)).toEqual([]);
  });
});

describe('a difference', () => {
  it('is what the comparison wants, or not', () => {
    const all = ['<', '<=', '=', '!=', '>=', '>'] as const;
    expect(all.filter((comparison) => ordered(-1, comparison))).toEqual(['<', '<=', '!=']);
    expect(all.filter((comparison) => ordered(0, comparison))).toEqual(['<=', '=', '>=']);
    expect(all.filter((comparison) => ordered(1, comparison))).toEqual(['!=', '>=', '>']);
  });
});
