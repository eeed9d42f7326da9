/** The parts of the state that keep the library: settings, the library itself, and what goes by age and size. */
import type { Client } from '../../shared/ipc/contract.ts';
import type { Connections } from './connections.svelte.ts';
import { createLibrary, type Library } from './library.svelte.ts';
import { createRetentionWatch, type RetentionWatch } from './retention.svelte.ts';
import { createSettings, type SettingsKeeper } from './settings.svelte.ts';
import { createSessionFiles, type SessionFiles, type Surroundings } from './session-files.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface LibraryParts {
  readonly settings: SettingsKeeper;
  readonly library: Library;
  readonly retention: RetentionWatch;
  readonly sessionFiles: SessionFiles;
  /** What is there is read. */
  loadLibrary(): Promise<void>;
  endLibrary(): void;
}

export interface LibraryPartsDeps {
  readonly client: Client;
  readonly notices: Notices;
  readonly connections: Connections;
  readonly surroundings: Surroundings | undefined;
  readonly showSession: (sessionId: string) => void;
  readonly showRetention: () => void;
}

export function createLibraryParts(deps: LibraryPartsDeps): LibraryParts {
  const { client, notices, connections } = deps;
  const settings = createSettings(client, notices);
  const library = createLibrary(client, notices, connections);
  const nowMs = () => Date.now();
  const retention = createRetentionWatch({
    settings,
    connections,
    library,
    notices,
    nowMs,
    show: deps.showRetention,
  });
  const sessionFiles = createSessionFiles(client, notices, deps.showSession, deps.surroundings);
  return {
    settings,
    library,
    retention,
    sessionFiles,
    async loadLibrary() {
      await settings.load();
      retention.look();
    },
    endLibrary() {
      retention.dispose();
      sessionFiles.dispose();
    },
  };
}
