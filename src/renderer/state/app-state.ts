/** What the window's state offers to the views. Put together by app.svelte.ts. */
import type { ConnectionStatus, RequestSpec } from '../../shared/connection/types.ts';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import type { SessionSummary } from '../../shared/session/entry.ts';
import type { Variables } from '../../shared/workspace/variables.ts';
import type { UiState } from '../../shared/workspace/workspace.ts';
import type { Asks } from './app-asks.ts';
import type { Exports } from './app-export.svelte.ts';
import type { Cookies } from './cookies.svelte.ts';
import type { Files } from './app-files.ts';
import type { RequestForm } from './app-form.svelte.ts';
import type { Theme } from './app-theme.svelte.ts';
import type { Rates } from './connections-rates.svelte.ts';
import type { Run, RunOrder, Runs } from './chat-runs.svelte.ts';
import type { Composing } from './composing.svelte.ts';
import type { Compare } from './compare.svelte.ts';
import type { Connections } from './connections.svelte.ts';
import type { Endpoints } from './endpoints.svelte.ts';
import type { Environments } from './environments.svelte.ts';
import type { Loose } from './loose.svelte.ts';
import type { Imports } from './imports.svelte.ts';
import type { Library } from './library.svelte.ts';
import type { LiveSession } from './live-session.svelte.ts';
import type { RetentionWatch } from './retention.svelte.ts';
import type { SessionFiles } from './session-files.svelte.ts';
import type { SessionDiffs } from './session-diff.svelte.ts';
import type { Taps } from './taps.svelte.ts';
import type { SettingsKeeper } from './settings.svelte.ts';
import type { TokenCounts } from './token-counts.svelte.ts';
import type { Replays } from './replays.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface AppState {
  /** null until the app has answered. */
  readonly info: AppInfo | null;
  readonly ui: UiState;
  /** The theme in force; reactive, for what paints by itself. */
  readonly theme: Theme;
  readonly notices: Notices;
  readonly asks: Asks;
  readonly endpoints: Endpoints;
  readonly environments: Environments;
  readonly connections: Connections;
  readonly rates: Rates;
  readonly exports: Exports;
  readonly imports: Imports;
  /** Answers side by side. */
  readonly compare: Compare;
  /** Two sessions, event beside event. */
  readonly diffs: SessionDiffs;
  /** Recordings that are served again. */
  readonly replays: Replays;
  readonly taps: Taps;
  readonly tokens: TokenCounts;
  readonly files: Files;
  readonly settings: SettingsKeeper;
  /** All sessions, arranged and worked on together. */
  readonly library: Library;
  /** Sessions that go by age and size. */
  readonly retention: RetentionWatch;
  /** Files that become sessions. */
  readonly sessionFiles: SessionFiles;
  readonly cookies: Cookies;
  /** The request in the address bar. */
  readonly form: RequestForm;
  /** What is typed and belongs to no endpoint. */
  readonly loose: Loose;
  /** That request as one of a chat. */
  readonly composing: Composing;
  /** Sessions that are started together. */
  readonly runs: Runs;
  /** Values by name, for `{{variables}}`. */
  readonly variables: Variables;
  /** What lies over the window. */
  overlay:
    | 'palette'
    | 'shortcuts'
    | 'environments'
    | 'secrets'
    | 'import'
    | 'import-capture'
    | 'runs'
    | 'search'
    | 'settings'
    | 'retention'
    | null;

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
  /** Starts runs, when the secrets that they name are known or have been asked for. */
  run(runs: readonly Run[], order: RunOrder): void;
  stop(): void;
  /** Stops and connects with the request as it is now. */
  restart(): Promise<void>;
  /** Connects again and reads what comes as an event stream, whatever its content type says. */
  readAsSse(): Promise<void>;
  load(): Promise<void>;
  dispose(): void;
}
