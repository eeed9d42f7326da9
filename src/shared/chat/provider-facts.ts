/** What a provider says about an answer besides its text, by kind and name; the last value of a name stands. */
import type { DialectEvent } from './dialect.ts';
import type { FactKind, ProviderFact } from './parts.ts';

/** Names kept of one answer or choice; a stream that invents a name with each event must not fill the memory. */
export const MAX_FACTS = 500;

export interface Facts {
  /** Null, undefined and "" say nothing. */
  note(kind: FactKind, name: string, value: unknown, event: DialectEvent): void;
  /** In the order in which the names appeared. */
  all(): readonly ProviderFact[];
}

export function createFacts(): Facts {
  const facts = new Map<string, ProviderFact>();
  return {
    note(kind, name, value, { seq }) {
      if (value === null || value === undefined || value === '') return;
      const key = `${kind} ${name}`;
      // Said again with every chunk, it is no news.
      if (facts.get(key)?.value === value) return;
      if (facts.size < MAX_FACTS || facts.has(key)) facts.set(key, { kind, name, value, seq });
    },
    all: () => [...facts.values()],
  };
}
