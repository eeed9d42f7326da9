/** What the user sets for the whole app: read once, written at each change. */
import type { Client } from '../../shared/ipc/contract.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts';
import type { Notices } from './undo.svelte.ts';

export interface SettingsKeeper {
  /** Reactive. */
  readonly value: Settings;
  set(change: Partial<Settings>): void;
  load(): Promise<void>;
}

export function createSettings(client: Client, notices: Notices): SettingsKeeper {
  let value = $state.raw<Settings>(DEFAULT_SETTINGS);
  return {
    get value() {
      return value;
    },
    set(change) {
      value = { ...value, ...change };
      client
        .call('settings:write', value)
        .catch((error: unknown) => notices.failed('The settings were not saved', error));
    },
    async load() {
      try {
        value = await client.call('settings:read');
      } catch (error) {
        notices.failed('The settings could not be read. Those of the first start are in use', error);
      }
    },
  };
}
