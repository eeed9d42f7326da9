/** Taps as main reports them, the one that is shown with its requests and held events, and what the user does to them. */
import type { Client } from '../../shared/ipc/contract.ts';
import type { TapSpec } from '../../shared/tap/tap-spec.ts';
import { BLANK_TAP, tapName } from '../../shared/tap/tap-spec.ts';
import type { HeldEvent, HeldVerdict, TapExchange, TapStatus } from '../../shared/tap/tap-state.ts';
import type { Notices } from './undo.svelte.ts';

export interface Taps {
  readonly list: readonly TapStatus[];
  /** The tap whose view is open; null: none. */
  readonly shown: TapStatus | null;
  /** Of the one that is shown, newest first. */
  readonly exchanges: readonly TapExchange[];
  readonly held: readonly HeldEvent[];
  /** The one in the dialog; null: it is closed. */
  readonly edited: TapSpec | null;
  show(tapId: string | null): void;
  close(): void;
  /** Opens the dialog for a new tap. */
  add(target?: string): void;
  edit(tapId: string): void;
  closeDialog(): void;
  /** Resolves to what is wrong, or to null when it was saved; a new one is started. */
  save(spec: TapSpec): Promise<string | null>;
  start(tapId: string): void;
  stop(tapId: string): void;
  /** With an Undo. */
  remove(tapId: string): void;
  decide(heldId: number, verdict: HeldVerdict): void;
  load(): Promise<void>;
  dispose(): void;
}

/** `closeOthers`: what else lies over the session goes, because a tap is shown. */
export function createTaps(client: Client, notices: Notices, closeOthers: () => void): Taps {
  let list = $state.raw<readonly TapStatus[]>([]);
  let shownId = $state<string | null>(null);
  let exchanges = $state.raw<readonly TapExchange[]>([]);
  let held = $state.raw<readonly HeldEvent[]>([]);
  let edited = $state.raw<TapSpec | null>(null);
  const shown = $derived(list.find(({ spec }) => spec.id === shownId) ?? null);
  /** An answer is on its way; another is asked for when it is there. */
  let asking = false;
  let askAgain = false;

  const failedTo = (what: string) => (error: unknown) => notices.failed(what, error);

  async function refresh(): Promise<void> {
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      do {
        askAgain = false;
        const tapId = shownId;
        if (tapId === null || !list.some(({ spec }) => spec.id === tapId)) break;
        const [nextExchanges, nextHeld] = await Promise.all([
          client.call('tap:exchanges', { tapId }),
          client.call('tap:held', { tapId }),
        ]);
        if (tapId !== shownId) continue;
        exchanges = nextExchanges;
        held = nextHeld;
      } while (askAgain);
    } catch (error) {
      // It was deleted between the question and the answer.
      if (shown) notices.failed('The requests of the tap could not be read', error);
    } finally {
      asking = false;
    }
  }
  const take = (next: readonly TapStatus[]) => {
    list = next;
    void refresh();
  };
  const end = client.on('tap:changed', take);

  function show(tapId: string | null): void {
    if (tapId !== null) closeOthers();
    if (shownId === tapId) return;
    shownId = tapId;
    exchanges = [];
    held = [];
    void refresh();
  }

  return {
    get list() {
      return list;
    },
    get shown() {
      return shown;
    },
    get exchanges() {
      return exchanges;
    },
    get held() {
      return held;
    },
    get edited() {
      return edited;
    },
    show,
    close: () => show(null),
    add: (target = '') => (edited = { ...BLANK_TAP, id: crypto.randomUUID(), target }),
    edit: (tapId) => (edited = list.find(({ spec }) => spec.id === tapId)?.spec ?? null),
    closeDialog: () => (edited = null),
    async save(spec) {
      const isNew = !list.some((tap) => tap.spec.id === spec.id);
      try {
        await client.call('tap:save', spec);
        list = await client.call('tap:list');
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
      edited = null;
      show(spec.id);
      // What goes wrong is said in the view of the tap.
      if (isNew) await client.call('tap:start', { tapId: spec.id }).catch(() => undefined);
      return null;
    },
    start(tapId) {
      client.call('tap:start', { tapId }).catch(() => undefined);
    },
    stop(tapId) {
      client.call('tap:stop', { tapId }).catch(failedTo('The tap could not be stopped'));
    },
    remove(tapId) {
      const gone = list.find(({ spec }) => spec.id === tapId);
      if (!gone) return;
      if (shownId === tapId) show(null);
      list = list.filter((tap) => tap !== gone);
      client.call('tap:remove', { tapId }).then(
        () =>
          notices.undoable(`Deleted the tap "${tapName(gone.spec)}"`, () => {
            client
              .call('tap:save', gone.spec)
              .then(() => show(tapId))
              .catch(failedTo('The tap could not be brought back'));
          }),
        failedTo('The tap was not deleted'),
      );
    },
    decide(heldId, verdict) {
      if (!shown) return;
      client
        .call('tap:decide', { tapId: shown.spec.id, heldId, verdict })
        .catch(failedTo('That could not be done to the event'));
    },
    async load() {
      take(await client.call('tap:list'));
    },
    dispose: end,
  };
}
