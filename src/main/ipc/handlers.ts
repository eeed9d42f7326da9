/** The commands of the contract: name to service call, no logic. */
import type { FilePurpose } from '../../shared/ipc/file-purpose.ts';
import type { AppInfo, Handlers, SecretState } from '../../shared/ipc/contract.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { UiState } from '../../shared/workspace/workspace.ts';
import type { VisitChecks } from '../checks/visit-checks.ts';
import type { VisitDiffs } from '../diff/visit-diffs.ts';
import type { ExportService } from '../export/export-service.ts';
import type { AnnotationStore } from '../library/annotation-store.ts';
import type { Removals } from '../library/removals.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import type { FileOpenings } from '../library/file-openings.ts';
import type { ImportService } from '../import/import-service.ts';
import type { LiveSessions } from '../live/live-sessions.ts';
import type { OpenSessions } from '../live/open-sessions.ts';
import type { CookieJars } from '../connections/cookie-jars.ts';
import { fileBytes } from '../connections/body-stream.ts';
import type { LibrarySearch } from '../search/library-search.ts';
import { readVocabulary } from '../search/vocabulary.ts';
import { readEntryDetail } from '../sessions/entry-detail.ts';
import { readFrameRun } from '../sessions/frame-run.ts';
import type { ReplayService } from '../replay/replay-service.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { readRowPage } from '../sessions/row-page.ts';
import { queryFrom } from '../sessions/row-view.ts';
import type { Scans } from '../sessions/scans.ts';
import type { SecretVault } from '../workspace/secret-vault.ts';
import type { WorkspaceFile } from '../workspace/workspace-file.ts';
import { createReplayHandlers } from './replay-handlers.ts';
import type { TapService } from '../tap/tap-service.ts';
import type { TailFeed } from './tail-feed.ts';
import { createTapHandlers } from './tap-handlers.ts';
import type { VisitViews } from './visit-views.ts';

export interface HandlerDeps {
  readonly info: () => AppInfo;
  readonly workspace: WorkspaceFile;
  readonly jars: CookieJars;
  readonly vault: SecretVault;
  /** Asks for another folder for the endpoints. */
  readonly chooseFolder: () => Promise<string | null>;
  readonly revealFolder: () => Promise<void>;
  readonly onUi: (ui: UiState) => void;
  readonly live: LiveSessions;
  readonly taps: TapService;
  readonly sessions: OpenSessions;
  readonly annotations: AnnotationStore;
  readonly replays: ReplayService;
  readonly exports: ExportService;
  readonly openings: FileOpenings;
  readonly removals: Removals;
  readonly settings: SettingsFile;
  /** Shows the folder of a session on the desktop. */
  readonly revealSession: (sessionId: string) => void;
  readonly imports: ImportService;
  readonly openFolder: () => Promise<SessionSummary | null>;
  readonly askFile: (purpose: FilePurpose) => Promise<string | null>;
  readonly frameText: FrameText;
  readonly scans: Scans;
  /** Of this visit. */
  readonly search: LibrarySearch;
  /** Of this visit. */
  readonly tail: TailFeed;
  /** Of this visit. */
  readonly views: VisitViews;
  /** Of this visit. */
  readonly diffs: VisitDiffs;
  /** Of this visit. */
  readonly checks: VisitChecks;
}

export function createHandlers(deps: HandlerDeps): Handlers {
  const { workspace, vault, live, sessions, annotations, exports, imports } = deps;
  const { frameText, tail, views, diffs, checks } = deps;
  return {
    ...createReplayHandlers(deps.replays),
    ...createTapHandlers(deps.taps),
    'app:info': deps.info,
    'workspace:read': () => workspace.workspace,
    'workspace:save-nodes': (nodes) => workspace.saveNodes(nodes),
    'workspace:save-environments': (environments) => workspace.saveEnvironments(environments),
    'workspace:folder': () => workspace.folder,
    'workspace:choose-folder': () => deps.chooseFolder(),
    'workspace:reveal-folder': () => deps.revealFolder(),
    'secrets:state': () => secretState(vault),
    'secrets:set': ({ ref, value }) => {
      vault.set(ref, value);
      return secretState(vault);
    },
    'secrets:reveal': ({ ownerId, name }) => vault.value(ownerId, name),
    'secrets:keep': ({ keeping }) => {
      vault.keep(keeping);
      return secretState(vault);
    },
    'workspace:save-ui': (ui) => {
      workspace.saveUi(ui);
      deps.onUi(ui);
    },
    'connection:start': (session) => live.start(session),
    'connection:stop': ({ sessionId }) => live.stop(sessionId),
    'connection:reconnect-now': ({ sessionId }) => live.reconnectNow(sessionId),
    'connection:steer': ({ sessionId, action }) => live.steer(sessionId, action),
    'connection:update': ({ sessionId, environmentId, request }) =>
      live.update(sessionId, environmentId, request),
    'connection:status-all': () => live.statusAll(),
    'session:list': () => live.list(),
    'session:summary': ({ sessionId }) => live.summary(sessionId),
    'session-file:open': ({ path }) => deps.openings.open(path),
    async 'session-file:choose'() {
      const path = await deps.askFile('session');
      return path === null ? null : deps.openings.open(path);
    },
    'session-file:cancel': ({ jobId }) => deps.openings.cancel(jobId),
    'session:reveal': ({ sessionId }) => deps.revealSession(sessionId),
    'session:open-folder': () => deps.openFolder(),
    'cookies:list': ({ folderId }) => deps.jars.list(folderId),
    'cookies:add': ({ folderId, url, line }) => deps.jars.add(folderId, url, line),
    'cookies:set-value': ({ folderId, key, value }) => deps.jars.setValue(folderId, key, value),
    'cookies:remove': ({ folderId, key }) => deps.jars.remove(folderId, key),
    'cookies:clear': ({ folderId }) => deps.jars.clear(folderId),
    async 'file:look'({ path }) {
      const size = await fileBytes(path);
      return typeof size === 'number' ? { bytes: size, problem: '' } : { bytes: null, problem: size.message };
    },
    'dialog:choose-file': ({ purpose }) => deps.askFile(purpose),
    'session:rename': ({ sessionId, name }) => live.describe(sessionId, { name: name.trim() }),
    'session:describe': ({ sessionId, labels }) => live.describe(sessionId, labels),
    'session:delete': ({ sessionId }) => live.remove(sessionId),
    'session:delete-many': ({ sessionIds }) => deps.removals.remove(sessionIds),
    'session:restore-many': ({ sessionIds }) => deps.removals.restore(sessionIds),
    'settings:read': () => deps.settings.value,
    'settings:write': (value) => deps.settings.set(value),
    'session:restore': ({ sessionId }) => live.restore(sessionId),
    'session:rows': ({ sessionId, viewId, from, count }) =>
      viewId === null
        ? sessions.use(sessionId, ({ reader }) => readRowPage(reader, frameText, from, count))
        : views.rows(viewId, from, count),
    'session:row-of-entry': ({ viewId, seq }) => (viewId === null ? seq : views.rowOfEntry(viewId, seq)),
    'session:entry': ({ sessionId, seq, maxBytes }) =>
      sessions.use(sessionId, ({ reader }) => readEntryDetail(reader, frameText, seq, maxBytes)),
    'session:wire': ({ sessionId, offset, length }) =>
      sessions.use(sessionId, ({ reader }) => reader.readWire(offset, length)),
    'session:frames': ({ sessionId, fromSeq, maxBytes }) =>
      sessions.use(sessionId, ({ reader }) => readFrameRun(reader, fromSeq, maxBytes)),
    'session:journal': ({ sessionId }) => sessions.use(sessionId, ({ reader }) => reader.journal()),
    'annotations:list': async ({ sessionId }) => (await annotations.open(sessionId)).all(),
    'annotations:change': ({ sessionId, changes }) => annotations.annotate(sessionId, changes),
    'session:timeline': ({ sessionId, ...request }) =>
      sessions.use(sessionId, ({ timeline }) => timeline.slice(request)),
    'view:open': ({ sessionId, filter }) => views.open(sessionId, filter),
    'view:within': ({ viewId, from, to }) => views.within(viewId, from, to),
    'view:stop': ({ viewId }) => views.stop(viewId),
    'view:close': ({ viewId }) => views.close(viewId),
    'diff:open': (request) => diffs.open(request),
    'diff:rows': ({ diffId, shown, from, count }) => diffs.rows(diffId, shown, from, count),
    'diff:close': ({ diffId }) => diffs.close(diffId),
    'session:vocabulary': ({ sessionId }) =>
      sessions.use(sessionId, ({ reader }) => readVocabulary(reader, frameText)),
    'search:start': ({ query }) => ({ searchId: deps.search.start(queryFrom(query)) }),
    'search:cancel': () => deps.search.cancel(),
    'search:ranges': ({ query, texts }) => deps.scans.ranges(queryFrom(query), texts),
    'checks:open': ({ sessionId, text }) => checks.open(sessionId, text),
    'checks:close': ({ runId }) => checks.close(runId),
    'feed:watch': ({ sessionId }) => tail.watch(sessionId),
    'feed:ack': ({ sessionId, batch }) => tail.acknowledge(sessionId, batch),
    'feed:unwatch': ({ sessionId }) => tail.unwatch(sessionId),
    'export:formats': () => exports.formats(),
    'export:save': (request) => exports.save(request),
    'export:look': ({ sessionId, scope }) => exports.look(sessionId, scope),
    'export:cancel': ({ jobId }) => exports.cancel(jobId),
    'export:reveal': ({ jobId }) => exports.reveal(jobId),
    'import:choose': () => imports.choose(),
    'import:begin': async ({ name }) => ({ importId: await imports.begin(name) }),
    'import:add': ({ importId, bytes }) => imports.add(importId, bytes),
    'import:look': ({ importId }) => imports.look(importId),
    'import:run': ({ importId, chosen }) => imports.run(importId, chosen),
    'import:cancel': ({ importId }) => imports.cancel(importId),
  };
}

function secretState({ keeping, keychain, known }: SecretVault): SecretState {
  return { keeping, keychain, known };
}
