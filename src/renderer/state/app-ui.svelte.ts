/** How the window is arranged, kept by main. Changes are saved a moment after the last one, and at the end. */
import type { Client } from '../../shared/ipc/contract.ts';
import { DEFAULT_UI, type UiState } from '../../shared/workspace/workspace.ts';
import type { Notices } from './undo.svelte.ts';

export interface UiKeeper {
  readonly value: UiState;
  set(patch: Partial<UiState>): void;
  load(loaded: UiState): void;
  dispose(): void;
}

const SAVE_AFTER_MS = 400;

export function createUiKeeper(client: Client, notices: Notices): UiKeeper {
  let value = $state.raw<UiState>(DEFAULT_UI);
  let saving: ReturnType<typeof setTimeout> | undefined;

  function save(): void {
    clearTimeout(saving);
    saving = undefined;
    client
      .call('workspace:save-ui', value)
      .catch((error: unknown) => notices.failed('The arrangement of the window was not saved', error));
  }

  // A window that is closed or loaded again has no later moment.
  const leave = () => {
    if (saving !== undefined) save();
  };
  addEventListener('pagehide', leave);

  return {
    get value() {
      return value;
    },
    set(patch) {
      value = { ...value, ...patch };
      clearTimeout(saving);
      saving = setTimeout(save, SAVE_AFTER_MS);
    },
    load(loaded) {
      value = loaded;
    },
    dispose() {
      removeEventListener('pagehide', leave);
      leave();
    },
  };
}
