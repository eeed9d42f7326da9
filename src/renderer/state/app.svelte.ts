/**
 * The window's state, put together: what is saved (endpoints, sessions), what is arranged (UiState) and what is selected.
 * Small and reactive; captured data is never in it, but asked for by the selected session.
 */
import type { AppInfo, Client } from '../../shared/ipc/contract.ts';
import type { ConnectionStatus, RequestSpec } from '../../shared/connection/types.ts';
import type { EntryKind, SessionSummary } from '../../shared/session/entry.ts';
import { DEFAULT_UI, type EndpointNode, type UiState } from '../../shared/workspace/workspace.ts';
import { createConnections, type Connections } from './connections.svelte.ts';
import { BLANK_REQUEST, createEndpoints, type Endpoints } from './endpoints.svelte.ts';
import { createLiveSession, type LiveSession } from './live-session.svelte.ts';
import { createNotices, type Notices } from './undo.svelte.ts';

export interface AppState {
  /** null until the app has answered. */
  readonly info: AppInfo | null;
  readonly ui: UiState;
  readonly notices: Notices;
  readonly endpoints: Endpoints;
  readonly connections: Connections;
  /** The endpoint in the address bar; undefined for an address that is not saved. */
  readonly endpoint: EndpointNode | undefined;
  /** The request in the address bar. */
  readonly request: RequestSpec;
  /** The selected session's line in the list, and its connection's state while it has one. */
  readonly summary: SessionSummary | undefined;
  readonly status: ConnectionStatus | undefined;
  /** The selected session; another object whenever another one is selected. */
  readonly session: LiveSession | null;
  selectSession(sessionId: string | null): void;
  /** Changes small things of the window; saved a moment later. */
  setUi(patch: Partial<UiState>): void;
  load(): Promise<void>;
  dispose(): void;
}

const SAVE_AFTER_MS = 400;

export function createAppState(client: Client): AppState {
  let info = $state.raw<AppInfo | null>(null);
  let ui = $state.raw<UiState>(DEFAULT_UI);
  let session = $state.raw<LiveSession | null>(null);
  let saving: ReturnType<typeof setTimeout> | undefined;
  const notices = createNotices();
  const endpoints = createEndpoints(client, notices);
  const connections = createConnections(client, notices);
  const endpoint = $derived(endpoints.endpoint(ui.endpointId));

  function open(summary: SessionSummary | undefined, selectedSeq: number | null): void {
    session?.dispose();
    const filter = { hiddenKinds: ui.hiddenKinds as readonly EntryKind[], text: ui.filter };
    session = summary ? createLiveSession(client, summary, { filter, selectedSeq }) : null;
  }

  function setUi(patch: Partial<UiState>): void {
    ui = { ...ui, ...patch };
    clearTimeout(saving);
    saving = setTimeout(() => {
      client
        .call('workspace:save-ui', ui)
        .catch((error: unknown) => notices.failed('The arrangement of the window was not saved', error));
    }, SAVE_AFTER_MS);
  }

  return {
    get info() {
      return info;
    },
    get ui() {
      return ui;
    },
    notices,
    endpoints,
    connections,
    get endpoint() {
      return endpoint;
    },
    get request() {
      return ui.draft ?? endpoint?.request ?? BLANK_REQUEST;
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
    selectSession(sessionId) {
      if (sessionId === ui.sessionId && session) return;
      setUi({ sessionId, selectedSeq: null });
      open(connections.session(sessionId), null);
    },
    setUi,
    async load() {
      const [answer, workspace] = await Promise.all([
        client.call('app:info'),
        client.call('workspace:read'),
        connections.refresh(),
      ]);
      info = answer;
      endpoints.load(workspace.nodes);
      ui = workspace.ui;
      open(connections.session(ui.sessionId), ui.selectedSeq);
    },
    dispose() {
      clearTimeout(saving);
      session?.dispose();
      connections.dispose();
    },
  };
}
