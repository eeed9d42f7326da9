/**
 * The app without its window: everything that runs in main and does not need Electron, put together. What only the surroundings
 * can do (dialogs, files shown in the desktop) comes in as ports, so the same app runs in tests.
 */
import { join } from 'node:path';
import type { AppInfo } from '../shared/ipc/contract.ts';
import type { SessionSummary } from '../shared/session/entry.ts';
import { scopeOf } from '../shared/workspace/scope.ts';
import type { AppHost, AppServices } from './app-host.ts';
import { createAlerts } from './alerts/alerts.ts';
import { createDirectoryCaptureStore } from './capture/directory-capture-store.ts';
import { createNodeByteText } from './capture/node-byte-text.ts';
import { createConnectionService } from './connections/connection-service.ts';
import { loadHttp1 } from './connections/http-hop.ts';
import { createPreparedHttpPort } from './connections/prepared-http-port.ts';
import { openCookieFile } from './cookie-file.ts';
import { createTokenSource } from './connections/token-source.ts';
import { createUndiciHttpPort } from './connections/undici-http-port.ts';
import type { TailSource } from './ipc/tail-watch.ts';
import { createOpenVisit } from './ipc/open-visit.ts';
import type { SendFeed } from './ipc/visit.ts';
import { createExchangeServices } from './exchange-services.ts';
import { createRemovals } from './library/removals.ts';
import { createLibraryServices } from './library-services.ts';
import { createLiveSessions } from './live/live-sessions.ts';
import { createFollowedSessions } from './live/followed-sessions.ts';
import { createOpenSessions } from './live/open-sessions.ts';
import { createReplayService } from './replay/replay-service.ts';
import { SAMPLE_NODES } from './samples/sample-endpoints.ts';
import { createSamplesServer } from './samples/samples-server.ts';
import { startSamples } from './samples/start-samples.ts';
import { createScans } from './search/scans.ts';
import { createFrameText } from './sessions/frame-text.ts';
import { readRowPage } from './sessions/row-page.ts';
import { followAppends } from './sessions/row-view.ts';
import { clock, tickTimer } from './system-clock.ts';
import { openSettingsFile } from './settings/settings-file.ts';
import { openSecretVault } from './workspace/secret-vault.ts';
import { openTaps } from './tap-host.ts';
import { openWorkspaceFile } from './workspace/workspace-file.ts';

export async function createAppServices(host: AppHost): Promise<AppServices> {
  const { onFault } = host;
  const sessionsFolder = join(host.dataFolder, 'sessions');
  const byteText = createNodeByteText();
  const frameText = createFrameText(byteText);
  const visits = new Set<SendFeed>();
  const broadcast: SendFeed = (name, payload) => {
    for (const send of visits) send(name, payload);
  };

  const samples = createSamplesServer();
  const store = createDirectoryCaptureStore({
    root: sessionsFolder,
    byteText,
    epochMs: clock.epochMs,
    onRepair(sessionId, share) {
      broadcast('session:repair', { sessionId, share });
      if (share === null) broadcast('session:list-changed', null);
    },
    onDamage(sessionId) {
      sessions
        .forget(sessionId)
        .then(() => broadcast('session:reopen', sessionId))
        .catch((error: unknown) => onFault(`closing the damaged session ${sessionId}`, error));
    },
  });
  const [samplesOrigin, workspace, vault, settings] = await Promise.all([
    startSamples(samples, host.say),
    openWorkspaceFile({
      path: join(host.dataFolder, 'workspace.json'),
      folder: join(host.dataFolder, 'workspace'),
      firstNodes: SAMPLE_NODES,
      say: host.say,
      epochMs: clock.epochMs,
    }),
    openSecretVault({
      path: join(host.dataFolder, 'secrets.json'),
      cipher: host.cipher,
      say: host.say,
    }),
    openSettingsFile(join(host.dataFolder, 'settings.json'), host.say),
    // What was deleted before could be brought back until the app ended. Before anything can be deleted now.
    store.emptyTrash().catch((error: unknown) => onFault('emptying the trash', error)),
  ]);

  const sessions = createOpenSessions(store, onFault);
  const library = createLibraryServices({
    store,
    byteText,
    clock,
    version: host.about.version,
    broadcast,
    openFiles: host.openFiles,
    hasWindow: () => visits.size > 0,
  });
  const { annotations, openings } = library;
  const scans = createScans({ workerFile: host.searchWorker, folderOf: store.folderOf, frameText });
  const given = new Map(samplesOrigin === '' ? [] : [['samples', samplesOrigin]]);
  const http = createUndiciHttpPort({ nowMs: clock.nowMs, systemProxy: host.systemProxy });
  const tokens = createTokenSource({
    http,
    nowMs: clock.nowMs,
    schedule: (run, delayMs) => tickTimer.after(delayMs, run),
  });
  const { jars, flush: flushCookies } = await openCookieFile({
    path: join(host.dataFolder, 'cookies.json'),
    say: host.say,
    onChanged: (folderId) => broadcast('cookies:changed', { folderId }),
  });
  const followed = createFollowedSessions();
  const live = createLiveSessions({
    followed,
    watch: createAlerts({ ...tickTimer, byteText, workspace, notify: host.notify, onFault }),
    store,
    connections: createConnectionService({
      http: createPreparedHttpPort(http, tokens),
      clock,
    }),
    byteText,
    clock,
    scope: (nodeId, environmentId) => {
      const { nodes, environments } = workspace.workspace;
      return scopeOf({ nodes, environments, environmentId, nodeId, secrets: vault.value, given });
    },
    jar: (endpointId) =>
      jars.of(workspace.workspace.nodes.find((node) => node.id === endpointId)?.parentId ?? null),
    onStatus: (status) => broadcast('session:status', status),
    onListChanged: () => broadcast('session:list-changed', null),
    async beforeRemove(sessionId) {
      await replays.endOf(sessionId);
      await sessions.forget(sessionId);
      await annotations.forget(sessionId);
    },
    onFault,
  });
  const replays = createReplayService({
    hold: sessions.hold,
    nameOf: async (sessionId) => (await live.summary(sessionId)).name,
    folderOf: store.folderOf,
    byteText,
    clock,
    onChanged: (list) => broadcast('replays:changed', list),
  });
  const tapHost = await openTaps({
    path: join(host.dataFolder, 'taps.json'),
    store,
    byteText,
    clock,
    systemProxy: host.systemProxy,
    follow: followed.follow,
    onTaps: (taps) => broadcast('tap:changed', taps),
    onStatus: (status) => broadcast('session:status', status),
    onListChanged: () => broadcast('session:list-changed', null),
    say: host.say,
    onFault,
  });
  const { exports, imports } = createExchangeServices({
    host,
    store,
    byteText,
    broadcast,
    exporter: library.exporter,
    rules: () => workspace.workspace.ui.redaction,
    summary: live.summary,
    sessions,
    scans,
    annotations,
  });

  async function chooseFolder(): Promise<string | null> {
    const folder = await host.askFolder('Folder for the Endpoints');
    if (folder === null) return null;
    await workspace.useFolder(folder);
    broadcast('workspace:changed', null);
    return workspace.folder;
  }

  async function openFolder(folder: string): Promise<SessionSummary> {
    const sessionId = await store.adopt(folder);
    broadcast('session:list-changed', null);
    return live.summary(sessionId);
  }
  /** For folders that no command asked for: what is wrong with one is told. */
  async function openFolderOrSay(folder: string): Promise<string | null> {
    try {
      return (await openFolder(folder)).id;
    } catch (error) {
      host.say(error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  let { openUrl } = host;
  let openSessionId = host.openFolder === null ? null : await openFolderOrSay(host.openFolder);
  function info(): AppInfo {
    const taken = { openUrl, openSessionId };
    openUrl = openSessionId = null;
    library.openWaiting();
    return { ...host.about, samplesOrigin, sessionsFolder, ...taken };
  }

  async function openTail(sessionId: string): Promise<TailSource> {
    const { reader, release } = await sessions.hold(sessionId);
    return {
      get counts() {
        return reader.counts;
      },
      get lastAtMs() {
        return reader.lastAtMs;
      },
      rows: (from, count) => readRowPage(reader, frameText, from, count),
      onAppend: (listener) => followAppends(reader, listener),
      release,
    };
  }

  const openVisit = createOpenVisit({
    jars,
    info,
    workspace,
    vault,
    chooseFolder,
    revealFolder: async () => {
      await workspace.flush();
      host.reveal(workspace.folder);
    },
    onUi: host.onUi,
    live,
    taps: tapHost.taps,
    sessions,
    annotations,
    replays,
    exports,
    openings,
    removals: createRemovals({ remove: live.remove, restore: live.restore }),
    settings,
    revealSession: (sessionId) => host.reveal(store.folderOf(sessionId)),
    imports,
    openFolder: async () => {
      const folder = await host.askFolder('Open Session Folder');
      return folder === null ? null : openFolder(folder);
    },
    askFile: host.askFile,
    frameText,
    scans,
    byteText,
    openTail,
    timer: tickTimer,
    visits,
    onFault,
  });

  return {
    get workspace() {
      return workspace.workspace;
    },
    warmUp: loadHttp1,
    openVisit,
    broadcast,
    systemChanged: live.systemChanged,
    async refreshWorkspace() {
      if (await workspace.refresh()) broadcast('workspace:changed', null);
    },
    openFile: library.openFile,
    async showFolder(folder) {
      const sessionId = await openFolderOrSay(folder);
      if (sessionId !== null) broadcast('app:open-session', sessionId);
    },
    async close() {
      // Each has its own files: one that fails must not keep the others from ending well.
      const first = await Promise.allSettled([
        exports.close(),
        openings.close(),
        replays.close(),
        imports.close(),
        live.close(),
        tapHost.close(),
        workspace.flush(),
        vault.flush(),
        settings.flush(),
      ]);
      const then = await Promise.allSettled([
        scans.close().then(sessions.close),
        samples.stop(),
        flushCookies(),
      ]);
      const failed = [...first, ...then].find((ending) => ending.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}
