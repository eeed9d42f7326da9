import { describe, expect, it } from 'vitest';
import type { DialectEvent } from '../../../../src/shared/chat/dialect.ts';
import { createFacts, MAX_FACTS } from '../../../../src/shared/chat/provider-facts.ts';

const at = (seq: number): DialectEvent => ({
  type: 'message',
  data: '',
  json: undefined,
  seq,
  atMs: 0,
  attempt: 1,
});

describe('the facts of a provider', () => {
  it('are the last of each kind and name, in the order in which the names appeared', () => {
    const facts = createFacts();
    facts.note('identity', 'service_tier', 'auto', at(1));
    facts.note('cost', 'total', 0.1, at(2));
    facts.note('identity', 'service_tier', 'default', at(3));
    expect(facts.all()).toEqual([
      { kind: 'identity', name: 'service_tier', value: 'default', seq: 3 },
      { kind: 'cost', name: 'total', value: 0.1, seq: 2 },
    ]);
  });

  it('do not hold what says nothing', () => {
    const facts = createFacts();
    for (const nothing of [null, undefined, '']) facts.note('other', 'x', nothing, at(1));
    expect(facts.all()).toEqual([]);
  });

  it('are no more than the limit, and names that are known go on changing', () => {
    const facts = createFacts();
    for (let name = 0; name <= MAX_FACTS; name += 1) facts.note('other', `n${name}`, name, at(name));
    facts.note('other', 'n0', 'new', at(999));
    expect(facts.all()).toHaveLength(MAX_FACTS);
    expect(facts.all()[0]?.value).toBe('new');
  });
});
