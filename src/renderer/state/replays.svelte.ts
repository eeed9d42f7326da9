/** Replays: those that main runs, which one is shown, and what is being changed about it. */
import type { Client } from '../../shared/ipc/contract.ts';
import { parseFaults, type ParsedFaults } from '../../shared/faults/parse-faults.ts';
import type { ReplayOptions } from '../../shared/replay/replay-options.ts';
import type { ReplayControl, ReplayInfo } from '../../shared/replay/replay-status.ts';
import type { Notices } from './undo.svelte.ts';

/** What the user makes of a replay. Main has it a moment later, unless the script cannot be read. */
export interface ReplayDraft {
  readonly options: ReplayOptions;
  readonly faults: string;
}

export interface Replays {
  /** Reactive, as everything here. */
  readonly list: readonly ReplayInfo[];
  readonly shown: ReplayInfo | undefined;
  readonly draft: ReplayDraft | null;
  /** The draft's script. */
  readonly script: ParsedFaults;
  /** Why the shown one could not be started; "" when nothing is wrong. */
  readonly problem: string;
  /** Shows the session's replay, and makes one if there is none. */
  open(sessionId: string): Promise<void>;
  show(replayId: string): void;
  /** Nothing of replays is shown. */
  close(): void;
  edit(change: Partial<ReplayOptions>): void;
  editFaults(text: string): void;
  start(replayId: string): Promise<void>;
  stop(replayId: string): Promise<void>;
  remove(replayId: string): Promise<void>;
  saveFaults(replayId: string): Promise<void>;
  /** `client`: its number; null: all. */
  control(replayId: string, client: number | null, action: ReplayControl): void;
  forgetAttempts(replayId: string): void;
  load(): Promise<void>;
  dispose(): void;
}

/** A pause in typing. */
const SEND_AFTER_MS = 250;

/** `beforeShown`: what else takes this place in the window gives way. */
export function createReplays(client: Client, notices: Notices, beforeShown: () => void): Replays {
  let list = $state.raw<readonly ReplayInfo[]>([]);
  let shownId = $state<string | null>(null);
  let draft = $state.raw<ReplayDraft | null>(null);
  let problem = $state('');
  let sending: ReturnType<typeof setTimeout> | undefined;
  const shown = $derived(list.find(({ id }) => id === shownId));
  const script = $derived(parseFaults(draft?.faults ?? ''));

  const take = (replays: readonly ReplayInfo[]): void => {
    list = replays;
    if (shownId !== null && !shown) hide();
  };
  const end = client.on('replays:changed', take);

  function hide(): void {
    void send();
    shownId = null;
    draft = null;
    problem = '';
  }

  function show(info: ReplayInfo): void {
    beforeShown();
    if (shownId === info.id) return;
    hide();
    shownId = info.id;
    draft = { options: info.options, faults: info.faults };
  }

  function change(patch: Partial<ReplayDraft>): void {
    if (!draft) return;
    draft = { ...draft, ...patch };
    problem = '';
    clearTimeout(sending);
    sending = setTimeout(() => void send(), SEND_AFTER_MS);
  }

  /** What was changed and not told yet. */
  async function send(): Promise<void> {
    if (sending === undefined || shownId === null || !draft) return;
    clearTimeout(sending);
    sending = undefined;
    if (!script.ok) return;
    const changed = { replayId: shownId, ...draft };
    await tell('The replay was not changed', () => client.call('replay:update', changed));
  }

  async function tell(what: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      notices.failed(what, error);
    }
  }

  return {
    get list() {
      return list;
    },
    get shown() {
      return shown;
    },
    get draft() {
      return draft;
    },
    get script() {
      return script;
    },
    get problem() {
      return problem;
    },
    open: (sessionId) =>
      tell('The replay was not opened', async () => {
        const info = await client.call('replay:open', { sessionId });
        if (!list.some(({ id }) => id === info.id)) list = [...list, info];
        show(info);
      }),
    show(replayId) {
      const info = list.find(({ id }) => id === replayId);
      if (info) show(info);
    },
    close: hide,
    edit: (options) => {
      if (draft) change({ options: { ...draft.options, ...options } });
    },
    editFaults: (faults) => change({ faults }),
    async start(replayId) {
      problem = '';
      try {
        await send();
        await client.call('replay:start', { replayId });
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
    },
    stop: (replayId) => tell('The replay was not stopped', () => client.call('replay:stop', { replayId })),
    remove: (replayId) =>
      tell('The replay was not removed', async () => {
        await client.call('replay:remove', { replayId });
        if (shownId === replayId) hide();
      }),
    saveFaults: (replayId) =>
      tell('The faults were not saved', async () => {
        await send();
        await client.call('replay:save-faults', { replayId });
        notices.show({ text: 'Saved the faults beside the session' });
      }),
    control: (replayId, number, action) =>
      void tell('The client was not reached', () =>
        client.call('replay:control', { replayId, client: number, action }),
      ),
    forgetAttempts: (replayId) =>
      void tell('The attempts still count', () => client.call('replay:forget-attempts', { replayId })),
    async load() {
      take(await client.call('replay:list'));
    },
    dispose() {
      void send();
      end();
    },
  };
}
