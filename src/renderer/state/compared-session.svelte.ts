/** What a comparison reads of one session: its answers and its journal, also while it goes on. */
import type { Completion } from '../../shared/chat/completion.ts';
import type { Client } from '../../shared/ipc/contract.ts';
import type { NumberedJournalEntry } from '../../shared/session/entry.ts';
import { createCompletionFeed } from './completion-feed.svelte.ts';

export interface ComparedSession {
  /** Reactive, both of them. */
  readonly completions: readonly Completion[];
  readonly journal: readonly NumberedJournalEntry[];
  /** Why there is nothing to compare, or not yet; "" when there is. */
  readonly note: string;
  /** There are `entries` now; `ended`: no more will come. */
  advance(entries: number, ended: boolean): void;
  dispose(): void;
}

export function createComparedSession(client: Client, sessionId: string): ComparedSession {
  const feed = createCompletionFeed(client, sessionId);
  let journal = $state.raw<readonly NumberedJournalEntry[]>([]);
  let failure = $state('');
  let asked = '';
  let over = $state(false);
  let disposed = false;

  async function readJournal(): Promise<void> {
    try {
      const entries = await client.call('session:journal', { sessionId });
      if (!disposed) journal = entries;
    } catch (error) {
      if (!disposed) failure = error instanceof Error ? error.message : String(error);
    }
  }

  return {
    get completions() {
      return feed.completions;
    },
    get journal() {
      return journal;
    },
    get note() {
      if (failure !== '') return failure;
      if (feed.error !== null) return feed.error;
      if (feed.completions.length > 0) return '';
      return feed.gaveUp || over ? 'There is no answer of a model in this session.' : 'No answer yet.';
    },
    advance(entries, ended) {
      feed.advance(entries, ended);
      over = ended;
      // The journal changes when an attempt begins or ends: at the first entries and at the last.
      const phase = ended ? 'ended' : entries > 1 ? 'open' : 'begun';
      if (phase === asked) return;
      asked = phase;
      void readJournal();
    },
    dispose() {
      disposed = true;
      feed.dispose();
    },
  };
}
