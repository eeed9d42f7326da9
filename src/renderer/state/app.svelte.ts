/**
 * The window's state, put together: what is saved (endpoints, sessions), what is arranged (UiState) and what is selected.
 * Small and reactive; captured data is never in it, but asked for by the selected session.
 */
import { untrack } from 'svelte';
import type { ConnectionStatus, RequestSpec } from '../../shared/connection/types.ts';
import type { AppInfo, Client } from '../../shared/ipc/contract.ts';
import type { EntryKind, SessionSummary } from '../../shared/session/entry.ts';
import type { EndpointNode, UiState } from '../../shared/workspace/workspace.ts';
import { createAsks, type Asks } from './app-asks.ts';
import { createExports, type Exports } from './app-export.svelte.ts';
import { createTheme, type Theme } from './app-theme.svelte.ts';
import { createUiKeeper } from './app-ui.svelte.ts';
import { createRates, type Rates } from './connections-rates.svelte.ts';
import { createConnections, type Connections } from './connections.svelte.ts';
import { completeAddress, createDrafts, nameOfAddress, type Drafts } from './endpoints-draft.svelte.ts';
import { BLANK_REQUEST, createEndpoints, type Endpoints } from './endpoints.svelte.ts';
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
  readonly drafts: Drafts;
  readonly connections: Connections;
  readonly rates: Rates;
  readonly exports: Exports;
  /** What lies over the window. */
  overlay: 'palette' | 'shortcuts' | null;

  /** The endpoint in the address bar; undefined for an address that is not saved. */
  readonly endpoint: EndpointNode | undefined;
  /** The request in the address bar. */
  readonly request: RequestSpec;
  /** Whether it differs from what is saved. */
  readonly unsaved: boolean;
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
  /** An address that is not saved, in the bar. */
  newRequest(request?: RequestSpec): void;
  selectSession(sessionId: string | null): void;
  editRequest(patch: Partial<RequestSpec>): void;
  discardEdits(): void;
  /** Saves the request: into its endpoint, or as a new one. */
  saveRequest(): void;
  connect(): Promise<void>;
  stop(): void;
  /** Stops and connects with the request as it is now. */
  restart(): Promise<void>;
  load(): Promise<void>;
  dispose(): void;
}

const TELL_AFTER_MS = 300;

export function createAppState(client: Client): AppState {
  let info = $state.raw<AppInfo | null>(null);
  let session = $state.raw<LiveSession | null>(null);
  let overlay = $state<AppState['overlay']>(null);
  let starting = $state(false);
  let telling: ReturnType<typeof setTimeout> | undefined;

  const notices = createNotices();
  const keeper = createUiKeeper(client, notices);
  const ui = $derived(keeper.value);
  const setUi = keeper.set;
  const asks = createAsks();
  const endpoints = createEndpoints(client, notices);
  const drafts = createDrafts();
  const connections = createConnections(client, notices);
  const rates = createRates(client, connections, () => performance.now());
  const exports = createExports(client, notices);
  const theme = createTheme(() => ui.theme);

  const endpoint = $derived(endpoints.endpoint(ui.endpointId));
  const request = $derived(ui.draft ?? endpoint?.request ?? BLANK_REQUEST);
  const liveId = $derived.by(() => {
    if (connections.isLive(ui.sessionId)) return ui.sessionId;
    if (ui.endpointId === null) return null;
    return connections.live.find((one) => one.endpointId === ui.endpointId)?.id ?? null;
  });

  function show(summary: SessionSummary | undefined, selectedSeq: number | null): void {
    session?.dispose();
    // Kinds in UiState are texts so that a newer file can be read; the ones that are none match nothing.
    const filter = { hiddenKinds: ui.hiddenKinds as readonly EntryKind[], text: ui.filter };
    session = summary ? createLiveSession(client, summary, { filter, selectedSeq }) : null;
    setUi({ sessionId: summary?.id ?? null, selectedSeq });
  }

  function bar(endpointId: string | null): void {
    setUi({ endpointId, draft: drafts.of(endpointId) });
  }

  function setDraft(next: RequestSpec): void {
    setUi({ draft: drafts.keep(ui.endpointId, next, endpoint?.request) });
    const sessionId = liveId;
    if (sessionId === null) return;
    clearTimeout(telling);
    telling = setTimeout(() => {
      if (connections.isLive(sessionId)) connections.update(sessionId, next);
    }, TELL_AFTER_MS);
  }

  const app: AppState = {
    notices,
    asks,
    endpoints,
    drafts,
    connections,
    rates,
    exports,
    get info() {
      return info;
    },
    get ui() {
      return ui;
    },
    get theme() {
      return theme.current;
    },
    get overlay() {
      return overlay;
    },
    set overlay(value) {
      overlay = value;
    },
    get endpoint() {
      return endpoint;
    },
    get request() {
      return request;
    },
    get unsaved() {
      return endpoint ? ui.draft !== null : request.url !== '';
    },
    get liveId() {
      return liveId;
    },
    get starting() {
      return starting;
    },
    get summary() {
      return connections.session(ui.sessionId);
    },
    get status() {
      return ui.sessionId === null ? undefined : connections.statuses.get(ui.sessionId);
    },
    get session() {
      return session;
    },
    setUi,
    selectEndpoint(endpointId) {
      bar(endpointId);
      if (session && connections.session(session.sessionId)?.endpointId === endpointId) return;
      const own = connections.sessions.filter((one) => one.endpointId === endpointId);
      show(own.find((one) => connections.isLive(one.id)) ?? own[0], null);
    },
    newRequest(spec = BLANK_REQUEST) {
      drafts.keep(null, spec, undefined);
      bar(null);
      show(undefined, null);
    },
    selectSession(sessionId) {
      if (sessionId !== null && sessionId === session?.sessionId) return;
      const summary = connections.session(sessionId);
      if (summary) {
        const known = endpoints.endpoint(summary.endpointId);
        const scratch = drafts.of(null);
        if (!known && (scratch?.url !== summary.url || scratch.method !== summary.method))
          drafts.keep(null, { ...BLANK_REQUEST, method: summary.method, url: summary.url }, undefined);
        bar(known?.id ?? null);
      }
      show(summary, null);
    },
    editRequest(patch) {
      setDraft({ ...request, ...patch });
    },
    discardEdits() {
      const discarded = ui.draft;
      const from = ui.endpointId;
      if (!discarded || !endpoint) return;
      setDraft(endpoint.request);
      notices.undoable('Discarded the changes', () => {
        drafts.keep(from, discarded, endpoints.endpoint(from)?.request);
        if (ui.endpointId === from) bar(from);
      });
    },
    saveRequest() {
      const spec = request;
      if (endpoint) {
        endpoints.saveRequest(endpoint.id, spec);
        drafts.forget(endpoint.id);
        bar(endpoint.id);
      } else {
        const added = endpoints.addEndpoint(null, nameOfAddress(spec.url), spec);
        drafts.forget(null);
        bar(added.id);
        asks.send('rename-endpoint');
      }
    },
    async connect() {
      if (starting) return;
      const url = completeAddress(request.url);
      if (url === '') return asks.send('focus-address');
      if (url !== request.url) app.editRequest({ url });
      starting = true;
      try {
        const name = endpoint?.name ?? nameOfAddress(url);
        const started = await connections.start(endpoint?.id ?? null, name, request);
        if (started) show(started, null);
      } finally {
        starting = false;
      }
    },
    stop() {
      if (liveId !== null) connections.stop(liveId);
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
      if (ui.draft) drafts.keep(ui.endpointId, ui.draft, endpoints.endpoint(ui.endpointId)?.request);
      show(connections.session(ui.sessionId), ui.selectedSeq);
      if (answer.openUrl !== null) openUrl(answer.openUrl);
    },
    dispose() {
      keeper.dispose();
      clearTimeout(telling);
      for (const end of ends.reverse()) end();
      session?.dispose();
      theme.dispose();
      exports.dispose();
      rates.dispose();
      connections.dispose();
    },
  };

  function openUrl(url: string): void {
    app.newRequest({ ...BLANK_REQUEST, url });
    void app.connect();
  }

  const ends = [
    client.on('app:open-url', openUrl),
    // The selection belongs to the session while it is shown, and to the saved state after that.
    $effect.root(() => {
      $effect(() => {
        const seq = session?.selectedSeq ?? null;
        untrack(() => {
          if (session && seq !== ui.selectedSeq) setUi({ selectedSeq: seq });
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
