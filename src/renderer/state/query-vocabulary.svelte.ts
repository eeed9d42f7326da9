/** What a session is known to have, for completion of queries: fetched when first asked for, and again after a while. */
import type { Vocabulary } from '../../shared/filter/query-completion.ts';
import type { Client } from '../../shared/ipc/contract.ts';

const NOTHING: Vocabulary = { eventTypes: [], jsonPaths: [] };
/** A session that grows gets new words. */
const FRESH_MS = 10_000;

/** Returns the words as they are known now. Reactive. */
export function createVocabulary(client: Client, sessionId: string): () => Vocabulary {
  let known = $state.raw(NOTHING);
  let askedMs = -Infinity;

  async function ask(): Promise<void> {
    try {
      known = await client.call('session:vocabulary', { sessionId });
    } catch {
      // Completion then offers the language alone.
    }
  }

  return () => {
    const now = performance.now();
    if (now - askedMs > FRESH_MS) {
      askedMs = now;
      void ask();
    }
    return known;
  };
}
