/** The library of the app, put together: bookmarks and notes, and sessions that come from files and folders elsewhere. */
import type { SendFeed } from './ipc/visit.ts';
import type { Clock } from '../shared/base/clock.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import { createArchiveExporter } from './archive/archive-exporter.ts';
import type { DirectoryCaptureStore } from './capture/directory-capture-store.ts';
import { createAnnotationStore } from './library/annotation-store.ts';
import { createFileOpenings } from './library/file-openings.ts';

export interface LibraryServicesDeps {
  readonly store: DirectoryCaptureStore;
  readonly byteText: ByteText;
  readonly clock: Clock;
  readonly version: string;
  readonly broadcast: SendFeed;
  /** Session files that are to be opened when a window is there. */
  readonly openFiles: readonly string[];
  readonly hasWindow: () => boolean;
}

export function createLibraryServices(deps: LibraryServicesDeps) {
  const { store, byteText, clock, broadcast } = deps;
  let waiting = deps.openFiles;
  const listChanged = (): void => broadcast('session:list-changed', null);
  const openings = createFileOpenings({
    takeIn: store.takeIn,
    adopt: store.adopt,
    byteText,
    nowMs: clock.nowMs,
    onProgress: (progress) => broadcast('session-file:progress', progress),
    onListChanged: listChanged,
  });
  return {
    annotations: createAnnotationStore({
      folderOf: store.folderOf,
      onChanged: (sessionId, changes) => broadcast('annotations:changed', { sessionId, changes }),
    }),
    openings,
    exporter: createArchiveExporter({
      app: deps.version,
      folderFor: async (sessionId) => ({ folder: store.folderOf(sessionId), release: async () => {} }),
    }),
    openFile(path: string): void {
      if (deps.hasWindow()) openings.open(path);
      else waiting = [...waiting, path];
    },
    /** A window is there that hears what becomes of files. */
    openWaiting(): void {
      const files = waiting;
      waiting = [];
      for (const path of files) openings.open(path);
    },
  };
}
