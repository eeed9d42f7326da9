/**
 * Sessions that go by age or size. Nothing goes unannounced: what would go is told first, with a button to look at it and to keep it;
 * after a while without an answer it is deleted, with an undo.
 */
import { departures, type Departure } from '../../shared/library/retention.ts';

import type { Connections } from './connections.svelte.ts';
import type { Library } from './library.svelte.ts';
import type { SettingsKeeper } from './settings.svelte.ts';
import type { Notices } from './undo.svelte.ts';

/** From the telling to the deleting. */
export const GRACE_MS = 10 * 60_000;
const LOOK_EVERY_MS = 60 * 60_000;

export interface RetentionWatch {
  /** What would go now, told and waiting for an answer. Reactive. */
  readonly pending: readonly Departure[];
  /** Looks whether something is due, and tells. */
  look(): void;
  /** They are pinned, and never told again. */
  keep(): void;
  goNow(): void;
  dispose(): void;
}

export interface RetentionDeps {
  readonly settings: SettingsKeeper;
  readonly connections: Connections;
  readonly library: Library;
  readonly notices: Notices;
  readonly nowMs: () => number;
  /** Opens the list of what would go. */
  readonly show: () => void;
}

export function createRetentionWatch(deps: RetentionDeps): RetentionWatch {
  const { settings, connections, library, notices, nowMs } = deps;
  let pending = $state.raw<readonly Departure[]>([]);
  let notice: number | null = null;
  let grace: ReturnType<typeof setTimeout> | undefined;

  function forget(): void {
    clearTimeout(grace);
    if (notice !== null) notices.dismiss(notice);
    notice = null;
    pending = [];
  }

  const due = (): readonly Departure[] => departures(connections.sessions, settings.value.retention, nowMs());

  function goNow(): void {
    // What is due is asked again: a session may have been pinned, or marked, since it was told.
    const told = new Set(pending.map(({ session }) => session.id));
    const going = due().filter(({ session }) => told.has(session.id));
    forget();
    if (going.length > 0)
      library.remove(
        going.map(({ session }) => session.id),
        ' by the rule in Settings',
      );
  }

  function look(): void {
    if (notice !== null) return;
    const going = due();
    if (going.length === 0) return;
    pending = going;
    notice = notices.show({
      tone: 'busy',
      text: `${going.length === 1 ? 'A session' : `${going.length} sessions`} will be deleted in 10 minutes by the rule in Settings`,
      action: { label: 'Look and keep…', run: deps.show },
    });
    grace = setTimeout(goNow, GRACE_MS);
  }

  const looking = setInterval(look, LOOK_EVERY_MS);
  return {
    get pending() {
      return pending;
    },
    look,
    keep() {
      for (const { session } of pending) library.describe(session.id, { pinned: true });
      forget();
    },
    goNow,
    dispose() {
      clearInterval(looking);
      clearTimeout(grace);
    },
  };
}
