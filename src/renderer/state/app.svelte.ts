/**
 * The window's state, put together: what is saved (endpoints, sessions), what is arranged (UiState) and what is selected.
 * Small and reactive; captured data is never in it, but asked for by the selected session.
 */
import type { AppInfo, Client } from '../../shared/ipc/contract.ts';
import type { EntryKind, SessionSummary } from '../../shared/session/entry.ts';
import { shownValues, withoutSecrets } from '../../shared/workspace/scope.ts';
import type { Workspace } from '../../shared/workspace/workspace.ts';
import type { AppState } from './app-state.ts';
import { createAsks } from './app-asks.ts';
import { createExports } from './app-export.svelte.ts';
import { createCookies } from './cookies.svelte.ts';
import { createFiles } from './app-files.ts';
import { createRequestForm } from './app-form.svelte.ts';
import { createTheme } from './app-theme.svelte.ts';
import { createUiKeeper } from './app-ui.svelte.ts';
import { createReplays } from './replays.svelte.ts';
import { createRuns, type Run } from './chat-runs.svelte.ts';
import { createComposing } from './composing.svelte.ts';
import { loadTokenizer } from '../../shared/chat/timing/tokenizer.ts';
import { keepShownSession, reopenDamaged, whenShownIsGone } from './app-shown-session.svelte.ts';
import { createCompare } from './compare.svelte.ts';
import { createRates } from './connections-rates.svelte.ts';
import { createConnections } from './connections.svelte.ts';
import { createConnecting } from './app-connecting.svelte.ts';
import { BLANK_REQUEST } from '../../shared/connection/blank-request.ts';
import { createEndpoints } from './endpoints.svelte.ts';
import { createEnvironments } from './environments.svelte.ts';
import { createImports } from './imports.svelte.ts';
import { createLibraryParts } from './app-library.ts';
import { createLiveSession, type LiveSession } from './live-session.svelte.ts';
import type { Surroundings } from './session-files.svelte.ts';
import { createSessionDiffs } from './session-diff.svelte.ts';
import { createTaps } from './taps.svelte.ts';
import { createTokenCounts } from './token-counts.svelte.ts';
import { createLoose } from './loose.svelte.ts';
import { createNotices } from './undo.svelte.ts';

export function createAppState(client: Client, surroundings?: Surroundings): AppState {
  let info = $state.raw<AppInfo | null>(null);
  let session = $state.raw<LiveSession | null>(null);
  let overlay = $state<AppState['overlay']>(null);
  const notices = createNotices();
  const asks = createAsks();
  const keeper = createUiKeeper(client, notices);
  const endpoints = createEndpoints(client, notices);
  const connections = createConnections(client, notices);
  const rates = createRates(client, connections, () => performance.now());
  const exports = createExports(client, notices);
  const dialog = (open: boolean) => (overlay = open ? 'import-capture' : null);
  const imports = createImports(client, notices, dialog, showSession);
  const theme = createTheme(() => keeper.value.theme);
  const environments = createEnvironments({
    client,
    keeper,
    endpoints,
    notices,
    samplesOrigin: () => info?.samplesOrigin ?? '',
  });
  const scope = $derived(environments.scope(keeper.value.endpointId));
  const variables = $derived(shownValues(scope));
  const liveId = $derived.by(() => {
    const { sessionId, endpointId } = keeper.value;
    if (connections.isLive(sessionId)) return sessionId;
    if (endpointId === null) return null;
    return connections.live.find((one) => one.endpointId === endpointId)?.id ?? null;
  });
  const form = createRequestForm({
    keeper,
    endpoints,
    connections,
    notices,
    asks,
    liveId: () => liveId,
    variables: () => withoutSecrets(scope),
  });
  const composing = createComposing({ form, environments, notices, variables: () => variables });
  const diffs = createSessionDiffs(client);
  const compare = createCompare(diffs);
  const replays = createReplays(client, notices, () => [compare, app.taps].forEach((paper) => paper.close()));
  const { loadLibrary, endLibrary, ...parts } = createLibraryParts({
    client,
    notices,
    connections,
    surroundings,
    showSession: (sessionId) => void showSession(sessionId),
    showRetention: () => (overlay = 'retention'),
  });
  const runs = createRuns({
    connections,
    notices,
    environmentId: () => keeper.value.environmentId,
    show: (sessionId) => show(connections.session(sessionId), null),
    compare: compare.showOnly,
  });

  function show(summary: SessionSummary | undefined, selectedSeq: number | null): void {
    session?.dispose();
    const { hiddenKinds, filter } = keeper.value;
    session = summary
      ? createLiveSession(client, summary, {
          // Main has checked the kinds when it read them; UiState only names them texts.
          filter: { hiddenKinds: hiddenKinds as readonly EntryKind[], text: filter },
          selectedSeq,
          notices,
        })
      : null;
    keeper.set({ sessionId: summary?.id ?? null, selectedSeq });
  }

  const connecting = createConnecting({
    connections,
    form,
    keeper,
    asks,
    liveId: () => liveId,
    asksForSecrets,
    onStarted(started) {
      closePapers();
      show(started, null);
    },
  });

  const app: AppState = {
    ...parts,
    notices,
    asks,
    endpoints,
    environments,
    connections,
    rates,
    exports,
    imports,
    compare,
    diffs,
    replays,
    taps: createTaps(client, notices, () => [compare, replays].forEach((paper) => paper.close())),
    tokens: createTokenCounts(loadTokenizer),
    files: createFiles(client, notices),
    cookies: createCookies(client, notices),
    form,
    loose: createLoose(),
    composing,
    runs,
    setUi: keeper.set,
    get info() {
      return info;
    },
    get ui() {
      return keeper.value;
    },
    get theme() {
      return theme.current;
    },
    get variables() {
      return variables;
    },
    get overlay() {
      return overlay;
    },
    set overlay(value) {
      overlay = value;
    },
    get liveId() {
      return liveId;
    },
    get starting() {
      return connecting.starting;
    },
    get summary() {
      return connections.session(keeper.value.sessionId);
    },
    get status() {
      return connections.statuses.get(keeper.value.sessionId ?? '');
    },
    get session() {
      return session;
    },
    selectEndpoint(endpointId) {
      closePapers();
      form.show(endpointId);
      if (session && connections.session(session.sessionId)?.endpointId === endpointId) return;
      const own = connections.sessions.filter((one) => one.endpointId === endpointId);
      show(own.find((one) => connections.isLive(one.id)) ?? own[0], null);
    },
    newRequest(spec = BLANK_REQUEST) {
      form.showNew(spec);
      closePapers();
      show(undefined, null);
    },
    selectSession(sessionId) {
      closePapers();
      if (sessionId !== null && sessionId === session?.sessionId) return;
      // What names a session, such as a request of a tap, can be ahead of the list.
      if (sessionId !== null && !connections.session(sessionId)) void showSession(sessionId);
      else select(connections.session(sessionId));
    },
    async openSessionFolder() {
      try {
        const opened = await client.call('session:open-folder');
        if (opened) await showSession(opened.id);
      } catch (error) {
        notices.failed('The session was not opened', error);
      }
    },
    removeSession(sessionId) {
      const shown = session?.sessionId === sessionId;
      connections.remove(sessionId, () => {
        if (shown && session === null) app.selectSession(sessionId);
      });
    },
    connect: connecting.connect,
    stop: connecting.stop,
    restart: connecting.restart,
    readAsSse: connecting.readAsSse,
    run(list, order) {
      if (!asksForSecrets(list, () => app.run(list, order))) void runs.start(list, order);
    },
    async load() {
      const [answer, workspace] = await Promise.all([
        client.call('app:info'),
        client.call('workspace:read'),
        connections.refresh(),
        exports.load(),
        replays.load(),
        app.taps.load(),
      ]);
      info = answer;
      await takeWorkspace(workspace);
      keeper.load(workspace.ui);
      form.restore();
      show(connections.session(workspace.ui.sessionId), workspace.ui.selectedSeq);
      void loadLibrary();
      if (answer.openSessionId !== null) app.selectSession(answer.openSessionId);
      if (answer.openUrl !== null) openUrl(answer.openUrl);
    },
    dispose() {
      for (const end of [...ends].reverse()) end();
    },
  };

  /** Whether secrets are missing; asks for them then, and goes on with `then` when they are given. */
  function asksForSecrets(list: readonly Pick<Run, 'endpointId' | 'request'>[], then: () => void): boolean {
    const missing = list.flatMap((one) => environments.missing(one.endpointId, one.request));
    if (missing.length === 0) return false;
    environments.ask(missing, then);
    overlay = 'secrets';
    return true;
  }

  function closePapers(): void {
    for (const paper of [compare, replays, app.taps]) paper.close();
    parts.library.shown = false;
  }

  function openUrl(url: string): void {
    app.newRequest({ ...BLANK_REQUEST, url });
    void app.connect();
  }

  async function takeWorkspace({ nodes, environments: list }: Workspace): Promise<void> {
    endpoints.load(nodes);
    await environments.load(list);
  }

  /** A session that may not be in the list yet. */
  async function showSession(sessionId: string): Promise<void> {
    await connections
      .refresh()
      .catch((error: unknown) => notices.failed('The sessions could not be read', error));
    const summary = await connections.find(sessionId);
    closePapers();
    if (summary && sessionId !== session?.sessionId) select(summary);
  }

  function select(summary: SessionSummary | undefined): void {
    const known = summary && endpoints.endpoint(summary.endpointId);
    if (known) form.show(known.id);
    else if (summary) form.showAddress(summary.method, summary.url);
    show(summary, null);
  }

  const ends = [
    ...[keeper, connections, rates, runs, replays, exports, imports].map((part) => () => part.dispose()),
    ...[app.taps, theme, form].map((part) => () => part.dispose()),
    endLibrary,
    () => session?.dispose(),
    client.on('app:open-url', openUrl),
    client.on('workspace:changed', () => void client.call('workspace:read').then(takeWorkspace)),
    reopenDamaged(client, notices, app, (id, seq) => show(connections.session(id), seq)),
    client.on('app:open-session', (sessionId) => void showSession(sessionId)),
    keepShownSession(keeper, () => session),
    whenShownIsGone(
      () => session !== null && !connections.session(session.sessionId),
      () => show(undefined, null),
    ),
  ];

  return app;
}
