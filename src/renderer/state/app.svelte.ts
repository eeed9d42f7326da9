/**
 * The window's state, put together: what is saved (endpoints, sessions), what is arranged (UiState) and what is selected.
 * Small and reactive; captured data is never in it, but asked for by the selected session.
 */
import { untrack } from 'svelte';
import type { ConnectionStatus, RequestSpec } from '../../shared/connection/types.ts';
import type { AppInfo, Client } from '../../shared/ipc/contract.ts';
import type { EntryKind, SessionSummary } from '../../shared/session/entry.ts';
import type { Variables } from '../../shared/workspace/variables.ts';
import type { UiState } from '../../shared/workspace/workspace.ts';
import { createAsks, type Asks } from './app-asks.ts';
import { createExports, type Exports } from './app-export.svelte.ts';
import { createRequestForm, type RequestForm } from './app-form.svelte.ts';
import { createTheme, type Theme } from './app-theme.svelte.ts';
import { createUiKeeper } from './app-ui.svelte.ts';
import { createRates, type Rates } from './connections-rates.svelte.ts';
import { createConnections, type Connections } from './connections.svelte.ts';
import { completeAddress, nameOfAddress } from './endpoints-address.ts';
import { BLANK_REQUEST } from '../../shared/connection/blank-request.ts';
import { createEndpoints, type Endpoints } from './endpoints.svelte.ts';
import { createLiveSession, type LiveSession } from './live-session.svelte.ts';
import { createNotices, type Notices } from './undo.svelte.ts';

export interface AppState {
  /** null until the app has answered. */
  readonly info: AppInfo | null;
  readonly ui: UiState;
  /** The theme in force; reactive, for what paints by itself. */
  readonly theme: Theme;
  readonly notices: Notices;
  readonly asks: Asks;
  readonly endpoints: Endpoints;
  readonly connections: Connections;
  readonly rates: Rates;
  readonly exports: Exports;
  /** The request in the address bar. */
  readonly form: RequestForm;
  /** Values by name, for `{{variables}}`. */
  readonly variables: Variables;
  /** What lies over the window. */
  overlay: 'palette' | 'shortcuts' | null;

  /** The session that the address bar stops: the selected one, or the endpoint's own, while it is live. */
  readonly liveId: string | null;
  /** Asked to connect and not answered yet. */
  readonly starting: boolean;
  /** The selected session's line in the list, and its connection's state while it has one. */
  readonly summary: SessionSummary | undefined;
  readonly status: ConnectionStatus | undefined;
  /** The selected session; another object whenever another one is selected. */
  readonly session: LiveSession | null;

  /** Changes small things of the window; saved a moment later. */
  setUi(patch: Partial<UiState>): void;
  selectEndpoint(endpointId: string): void;
  /** An address that is not saved, in the bar, and no session. */
  newRequest(request?: RequestSpec): void;
  selectSession(sessionId: string | null): void;
  /** Asks for a folder that was recorded elsewhere, takes it in and shows it. */
  openSessionFolder(): Promise<void>;
  /** With an Undo that also shows it again if it was shown. */
  removeSession(sessionId: string): void;
  connect(): Promise<void>;
  stop(): void;
  /** Stops and connects with the request as it is now. */
  restart(): Promise<void>;
  load(): Promise<void>;
  dispose(): void;
}

export function createAppState(client: Client): AppState {
  let info = $state.raw<AppInfo | null>(null);
  let session = $state.raw<LiveSession | null>(null);
  let overlay = $state<AppState['overlay']>(null);
  let starting = $state(false);
  /** Stop was asked for before main had said that it started. */
  let cancelled = false;

  const notices = createNotices();
  const asks = createAsks();
  const keeper = createUiKeeper(client, notices);
  const endpoints = createEndpoints(client, notices);
  const connections = createConnections(client, notices);
  const rates = createRates(client, connections, () => performance.now());
  const exports = createExports(client, notices);
  const theme = createTheme(() => keeper.value.theme);
  const variables = $derived<Variables>(new Map(info ? [['samples', info.samplesOrigin]] : []));

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
    variables: () => variables,
  });

  function show(summary: SessionSummary | undefined, selectedSeq: number | null): void {
    session?.dispose();
    const { hiddenKinds, filter } = keeper.value;
    session = summary
      ? createLiveSession(client, summary, {
          // Main has checked the kinds when it read them; UiState only names them texts.
          filter: { hiddenKinds: hiddenKinds as readonly EntryKind[], text: filter },
          selectedSeq,
        })
      : null;
    keeper.set({ sessionId: summary?.id ?? null, selectedSeq });
  }

  const app: AppState = {
    notices,
    asks,
    endpoints,
    connections,
    rates,
    exports,
    form,
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
      return starting;
    },
    get summary() {
      return connections.session(keeper.value.sessionId);
    },
    get status() {
      const { sessionId } = keeper.value;
      return sessionId === null ? undefined : connections.statuses.get(sessionId);
    },
    get session() {
      return session;
    },
    selectEndpoint(endpointId) {
      form.show(endpointId);
      if (session && connections.session(session.sessionId)?.endpointId === endpointId) return;
      const own = connections.sessions.filter((one) => one.endpointId === endpointId);
      show(own.find((one) => connections.isLive(one.id)) ?? own[0], null);
    },
    newRequest(spec = BLANK_REQUEST) {
      form.showNew(spec);
      show(undefined, null);
    },
    selectSession(sessionId) {
      if (sessionId !== null && sessionId === session?.sessionId) return;
      const summary = connections.session(sessionId);
      const known = summary && endpoints.endpoint(summary.endpointId);
      if (known) form.show(known.id);
      else if (summary) form.showAddress(summary.method, summary.url);
      show(summary, null);
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
    async connect() {
      if (starting) return;
      const url = completeAddress(form.request.url);
      if (url === '') return asks.send('focus-address');
      if (url !== form.request.url) form.edit({ url });
      const { request, endpoint } = form;
      starting = true;
      cancelled = false;
      try {
        const name = endpoint?.name ?? nameOfAddress(url);
        const started = await connections.start(endpoint?.id ?? null, name, request);
        if (!started) return;
        form.started(started.id, request);
        show(started, null);
        if (cancelled) connections.stop(started.id);
      } finally {
        starting = false;
      }
    },
    stop() {
      if (starting) cancelled = true;
      else if (liveId !== null) connections.stop(liveId);
    },
    async restart() {
      app.stop();
      await app.connect();
    },
    async load() {
      const [answer, workspace] = await Promise.all([
        client.call('app:info'),
        client.call('workspace:read'),
        connections.refresh(),
        exports.load(),
      ]);
      info = answer;
      endpoints.load(workspace.nodes);
      keeper.load(workspace.ui);
      form.restore();
      show(connections.session(workspace.ui.sessionId), workspace.ui.selectedSeq);
      if (answer.openSessionId !== null) app.selectSession(answer.openSessionId);
      if (answer.openUrl !== null) openUrl(answer.openUrl);
    },
    dispose() {
      for (const end of [...ends].reverse()) end();
    },
  };

  function openUrl(url: string): void {
    app.newRequest({ ...BLANK_REQUEST, url });
    void app.connect();
  }

  /** A session that may not be in the list yet. */
  async function showSession(sessionId: string): Promise<void> {
    await connections.refresh();
    app.selectSession(sessionId);
  }

  const ends = [
    () => keeper.dispose(),
    () => connections.dispose(),
    () => rates.dispose(),
    () => exports.dispose(),
    () => theme.dispose(),
    () => form.dispose(),
    () => session?.dispose(),
    client.on('app:open-url', openUrl),
    client.on('app:open-session', (sessionId) => void showSession(sessionId)),
    $effect.root(() => {
      // The selection belongs to the session while it is shown, and to the saved state after that.
      $effect(() => {
        const seq = session?.selectedSeq ?? null;
        untrack(() => {
          if (session && seq !== keeper.value.selectedSeq) keeper.set({ selectedSeq: seq });
        });
      });
      // So do the filter and the kinds that are hidden.
      $effect(() => {
        const filter = session?.view.filter;
        untrack(() => {
          if (
            !filter ||
            (filter.text === keeper.value.filter && filter.hiddenKinds === keeper.value.hiddenKinds)
          )
            return;
          keeper.set({ filter: filter.text, hiddenKinds: filter.hiddenKinds });
        });
      });
      // A session that was deleted is shown no longer.
      $effect(() => {
        if (session && !connections.session(session.sessionId)) untrack(() => show(undefined, null));
      });
    }),
  ];

  return app;
}
