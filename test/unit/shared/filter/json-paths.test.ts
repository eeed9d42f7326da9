import { expect, it } from 'vitest';
import { jsonPathsIn } from '../../../../src/shared/filter/json-paths.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';

it('finds the paths of most events first, and all can be asked for', () => {
  const paths = jsonPathsIn(['{"b":1}', 'words', '{"b":{"c":[{"a b":null}]}}', '[]', '']);
  expect(paths).toEqual(['json.b', 'json.b.c', 'json.b.c[0]', 'json.b.c[0]["a b"]']);
  for (const path of paths)
    expect(parseQuery(path)).toMatchObject({ ok: true, query: { parts: [{ op: 'json' }] } });
});

it('is bounded where data is used as names', () => {
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at])));
  expect(jsonPathsIn([wide])).toHaveLength(40);
});
