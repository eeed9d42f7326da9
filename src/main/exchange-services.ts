/** What goes out of the app as files, and what comes in from files: exports and imports, put together. */
import { join } from 'node:path';
import { createExporters } from '../shared/export/registry.ts';
import type { Exporter } from '../shared/export/exporter.ts';
import type { SessionSummary } from '../shared/session/entry.ts';
import type { ByteText } from '../shared/sse/byte-text.ts';
import type { AppHost } from './app-host.ts';
import type { DirectoryCaptureStore } from './capture/directory-capture-store.ts';
import { createExportService, type ExportService, type ExportServiceDeps } from './export/export-service.ts';
import { matchingEntries } from './export/matching-entries.ts';
import { createImportService, type ImportService } from './import/import-service.ts';
import type { SendFeed } from './ipc/visit.ts';
import type { AnnotationStore } from './library/annotation-store.ts';
import type { OpenSessions } from './live/open-sessions.ts';
import type { Scans } from './sessions/scans.ts';
import { clock } from './system-clock.ts';

export interface ExchangeServicesDeps {
  readonly host: Pick<AppHost, 'askFile' | 'askPlace' | 'reveal' | 'dataFolder' | 'about'>;
  readonly store: DirectoryCaptureStore;
  readonly byteText: ByteText;
  readonly broadcast: SendFeed;
  /** Of whole sessions as one file. */
  readonly exporter: Exporter;
  readonly rules: ExportServiceDeps['rules'];
  readonly summary: (sessionId: string) => Promise<SessionSummary>;
  readonly sessions: OpenSessions;
  readonly scans: Scans;
  readonly annotations: AnnotationStore;
}

export function createExchangeServices(deps: ExchangeServicesDeps): {
  readonly exports: ExportService;
  readonly imports: ImportService;
} {
  const { host, store, byteText, broadcast, scans, sessions, annotations } = deps;
  const exporters = createExporters(byteText, host.about.version);
  exporters.register(deps.exporter);
  const exports = createExportService({
    exporters,
    byteText,
    rules: deps.rules,
    matches: async (sessionId, reader, filter) =>
      matchingEntries({ reader, filter, scans, annotations: await annotations.open(sessionId) }),
    open: async (sessionId) => {
      const summary = await deps.summary(sessionId);
      const { reader, release } = await sessions.hold(sessionId);
      return { summary, reader, release };
    },
    askPlace: host.askPlace,
    reveal: host.reveal,
    onProgress: (progress) => broadcast('export:progress', progress),
    nowMs: clock.nowMs,
  });
  const imports = createImportService({
    store,
    byteText,
    folder: join(host.dataFolder, 'imports'),
    askFile: () => host.askFile('capture'),
    onProgress: (progress) => broadcast('import:progress', progress),
    onListChanged: () => broadcast('session:list-changed', null),
    epochMs: clock.epochMs,
    nowMs: clock.nowMs,
  });
  return { exports, imports };
}
