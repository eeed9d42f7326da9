/** What is chosen in the session that is shown belongs to it while it is shown, and to what is saved of the window after that. */
import { untrack } from 'svelte';
import type { Client } from '../../shared/ipc/contract.ts';
import type { UiKeeper } from './app-ui.svelte.ts';
import type { LiveSession } from './live-session.svelte.ts';
import type { Notices } from './undo.svelte.ts';

/** Keeps the selection, the filter and the kinds that are hidden; returns the function that ends it. */
export function keepShownSession(keeper: UiKeeper, shown: () => LiveSession | null): () => void {
  return $effect.root(() => {
    $effect(() => {
      const session = shown();
      const seq = session?.selectedSeq ?? null;
      untrack(() => {
        if (session && seq !== keeper.value.selectedSeq) keeper.set({ selectedSeq: seq });
      });
    });
    $effect(() => {
      const filter = shown()?.view.filter;
      untrack(() => {
        if (
          !filter ||
          (filter.text === keeper.value.filter && filter.hiddenKinds === keeper.value.hiddenKinds)
        )
          return;
        keeper.set({ filter: filter.text, hiddenKinds: filter.hiddenKinds });
      });
    });
  });
}

/** A session that was deleted is shown no longer. Returns the function that ends it. */
export function whenShownIsGone(isGone: () => boolean, leave: () => void): () => void {
  return $effect.root(() => {
    $effect(() => {
      if (isGone()) untrack(leave);
    });
  });
}

/** Opens the shown session anew when main found it damaged; `reopen` selects an entry in it. Returns the function that ends it. */
export function reopenDamaged(
  client: Client,
  notices: Notices,
  shown: { readonly session: LiveSession | null },
  reopen: (sessionId: string, selectedSeq: number | null) => void,
): () => void {
  return client.on('session:reopen', (sessionId) => {
    const { session } = shown;
    if (session?.sessionId !== sessionId) return;
    reopen(sessionId, session.selectedSeq);
    notices.show({
      text: 'This session was damaged. It is read again from its bytes; its last entry says more.',
    });
  });
}
