/**
 * The library as the window shows it: how it is arranged, which sessions are chosen in it, and what is done to them together. The
 * sessions themselves are those of `connections`.
 */
import { SvelteSet } from 'svelte/reactivity';
import type { Client } from '../../shared/ipc/contract.ts';
import type { SessionLabels } from '../../shared/session/entry.ts';
import { tagsInUse, type Arrangement } from '../../shared/library/arrange-sessions.ts';
import type { Connections } from './connections.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface Library {
  /** Whether it lies over the main area. */
  shown: boolean;
  readonly arrangement: Arrangement;
  readonly tags: readonly string[];
  /** Sessions that are chosen, for what is done to several. */
  readonly chosen: ReadonlySet<string>;
  arrange(change: Partial<Arrangement>): void;
  /** Chooses these and no others. */
  choose(sessionIds: readonly string[]): void;
  toggle(sessionId: string): void;
  /** Changes tags, notes or the pin of a session. */
  describe(sessionId: string, labels: Partial<Omit<SessionLabels, 'name'>>): void;
  /** Deletes sessions that are not live, with one undo for all. Returns how many. */
  remove(sessionIds: readonly string[], why?: string): number;
  reveal(sessionId: string): void;
}

export function createLibrary(client: Client, notices: Notices, connections: Connections): Library {
  let shown = $state(false);
  let arrangement = $state.raw<Arrangement>({ query: '', sort: 'started', descending: true, group: 'day' });
  const chosen = new SvelteSet<string>();
  const tags = $derived(tagsInUse(connections.sessions));

  function restore(sessionIds: readonly string[]): void {
    client
      .call('session:restore-many', { sessionIds })
      .then(() => connections.refresh())
      .catch((error: unknown) => notices.failed('The sessions could not be brought back', error));
  }

  return {
    get shown() {
      return shown;
    },
    set shown(on) {
      shown = on;
    },
    get arrangement() {
      return arrangement;
    },
    get tags() {
      return tags;
    },
    chosen,
    arrange(change) {
      arrangement = { ...arrangement, ...change };
    },
    choose(sessionIds) {
      chosen.clear();
      for (const id of sessionIds) chosen.add(id);
    },
    toggle(sessionId) {
      if (!chosen.delete(sessionId)) chosen.add(sessionId);
    },
    describe(sessionId, labels) {
      connections.describe(sessionId, labels);
    },
    remove(sessionIds, why = '') {
      const going = sessionIds.filter((id) => connections.session(id) && !connections.isLive(id));
      if (going.length === 0) return 0;
      for (const id of going) chosen.delete(id);
      const name = connections.session(going[0] ?? '')?.name ?? '';
      const what = going.length === 1 ? `the session "${name}"` : `${going.length} sessions`;
      connections.take(going);
      client.call('session:delete-many', { sessionIds: going }).then(
        ({ done, refused }) => {
          if (done.length > 0) notices.undoable(`Deleted ${what}${why}`, () => restore(done));
          if (refused[0]) notices.failed(`${refused.length} could not be deleted`, refused[0].why);
        },
        (error: unknown) => notices.failed('The sessions were not deleted', error),
      );
      return going.length;
    },
    reveal(sessionId) {
      client
        .call('session:reveal', { sessionId })
        .catch((error: unknown) => notices.failed('The folder could not be shown', error));
    },
  };
}
