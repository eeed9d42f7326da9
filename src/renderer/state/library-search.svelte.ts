/** One query over all stored sessions: what was found so far. Stays when its sheet is closed, until the next search. */
import { parseQuery } from '../../shared/filter/query.ts';
import type { Client } from '../../shared/ipc/contract.ts';
import type { LibraryHits, LibrarySearchProgress } from '../../shared/ipc/search-contract.ts';
import { createTextRanges, type TextRanges } from './text-ranges.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface LibrarySearch extends Pick<TextRanges, 'rangesOf' | 'version'> {
  readonly text: string;
  /** Newest session first. */
  readonly hits: readonly LibraryHits[];
  /** null before the first search. */
  readonly progress: LibrarySearchProgress | null;
  /** Matches of all sessions so far. */
  readonly count: number;
  /** "" and what cannot be read end the search. */
  search(text: string): Promise<void>;
  /** Looks no further; what was found stays. */
  stop(): void;
  dispose(): void;
}

export function createLibrarySearch(client: Client, notices: Notices): LibrarySearch {
  let text = $state('');
  let searchId: string | null = null;
  let hits = $state.raw<readonly LibraryHits[]>([]);
  let progress = $state.raw<LibrarySearchProgress | null>(null);
  /** Told before main's answer to the start was here. */
  let early: LibrarySearchProgress[] = [];
  let asked = 0;
  const ranges = createTextRanges(client);
  const count = $derived(hits.reduce((sum, one) => sum + one.count, 0));

  function take(next: LibrarySearchProgress): void {
    progress = next;
    if (next.found.length > 0) hits = [...hits, ...next.found];
  }

  const end = client.on('search:progress', (next) => {
    if (searchId === null) early.push(next);
    else if (next.searchId === searchId) take(next);
  });

  return {
    get text() {
      return text;
    },
    get hits() {
      return hits;
    },
    get progress() {
      return progress;
    },
    get count() {
      return count;
    },
    async search(next) {
      text = next;
      ranges.setQuery(next);
      asked += 1;
      const question = asked;
      hits = [];
      progress = null;
      searchId = null;
      early = [];
      if (next.trim() === '' || !parseQuery(next).ok) {
        await client.call('search:cancel').catch(() => undefined);
        return;
      }
      try {
        const started = await client.call('search:start', { query: next });
        if (question !== asked) return;
        ({ searchId } = started);
        for (const one of early) if (one.searchId === searchId) take(one);
        early = [];
      } catch (error) {
        notices.failed('The sessions were not searched', error);
      }
    },
    stop() {
      client.call('search:cancel').catch(() => undefined);
      if (progress?.state === 'running') progress = { ...progress, state: 'stopped', found: [] };
    },
    rangesOf: ranges.rangesOf,
    get version() {
      return ranges.version;
    },
    dispose: end,
  };
}
