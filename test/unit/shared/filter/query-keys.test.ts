import { describe, expect, it } from 'vitest';
import { keyFacts, QUERY_KEYS, type QueryKey } from '../../../../src/shared/filter/query-keys.ts';
import { parseQuery } from '../../../../src/shared/filter/query.ts';
import { ENTRY_KINDS } from '../../../../src/shared/filter/query-terms.ts';

describe('the properties that can be asked about', () => {
  it.each(Object.keys(QUERY_KEYS) as QueryKey[])('has an example of %s that is a term', (key) => {
    const { example, alone, operators } = keyFacts(key);
    expect(example.startsWith(key)).toBe(true);
    const parsed = parseQuery(example);
    expect(parsed).toMatchObject({ ok: true, query: { parts: [{ span: { from: 0, to: example.length } }] } });
    const isWord =
      parsed.ok &&
      parsed.query.op === 'all' &&
      JSON.stringify(parsed.query.parts[0]).includes(`"text":"${example}"`);
    expect(isWord).toBe(false);
    expect(alone || operators.length > 0).toBe(true);
  });

  it.each(ENTRY_KINDS)('knows the kind %s', (kind) => {
    expect(parseQuery(`kind:${kind}`)).toMatchObject({ ok: true, query: { parts: [{ op: 'kind', kind }] } });
  });
});
