/** A window over a fake app: its state, what it was asked, and ways to look at it and to use it. */
import { flushSync, mount, unmount } from 'svelte';
import { onTestFinished, vi } from 'vitest';
import App from '../../../src/renderer/App.svelte';
import type { AppState } from '../../../src/renderer/state/app-state.ts';
import { createAppState } from '../../../src/renderer/state/app.svelte.ts';
import { BLANK_REQUEST } from '../../../src/shared/connection/blank-request.ts';
import type { ConnectionStatus } from '../../../src/shared/connection/types.ts';
import { createClient } from '../../../src/shared/ipc/client.ts';
import type { Handlers } from '../../../src/shared/ipc/contract.ts';
import type {
  JournalEntry,
  NumberedJournalEntry,
  SessionCounts,
  SessionSummary,
} from '../../../src/shared/session/entry.ts';
import type { RowPage } from '../../../src/shared/session/row.ts';
import {
  DEFAULT_UI,
  type EndpointNode,
  type TreeNode,
  type UiState,
} from '../../../src/shared/workspace/workspace.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings/settings.ts';
import { sessionSummary } from '../../support/session-summary.ts';
import { createFakeTransport, type FakeTransport } from '../../support/fake-transport.ts';
import { completeDom } from './dom.ts';

export const NO_COUNTS: SessionCounts = { entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 };

export function endpoint(id: string, url: string, change: Partial<EndpointNode> = {}): EndpointNode {
  return {
    kind: 'endpoint',
    id,
    parentId: null,
    name: id,
    note: '',
    request: { ...BLANK_REQUEST, url },
    ...change,
  };
}

export function session(id: string, change: Partial<SessionSummary> = {}): SessionSummary {
  return sessionSummary(id, { startedAt: Date.now(), ...change });
}

export function status(
  state: ConnectionStatus['state'],
  change: Partial<ConnectionStatus> = {},
): ConnectionStatus {
  return {
    state,
    attempt: 1,
    lastEventId: '',
    retryMs: null,
    waiting: null,
    paused: false,
    nextLastEventId: null,
    reason: '',
    failure: null,
    sinceMs: 0,
    ...change,
  };
}

export function journal(...entries: readonly JournalEntry[]): readonly NumberedJournalEntry[] {
  return entries.map((entry, seq) => ({ seq, atMs: seq, entry }));
}

const NO_ROWS: RowPage = {
  from: 0,
  count: 0,
  seq: new Float64Array(),
  atMs: new Float64Array(),
  bytes: new Float64Array(),
  attempt: new Uint16Array(),
  kind: new Uint8Array(),
  flags: new Uint8Array(),
  type: new Uint16Array(),
  types: [],
  ids: [],
  previews: [],
};

export interface WorldOptions {
  readonly nodes?: readonly TreeNode[];
  readonly sessions?: readonly SessionSummary[];
  readonly ui?: Partial<UiState>;
  readonly journal?: readonly NumberedJournalEntry[];
  readonly openUrl?: string;
  readonly answers?: Partial<Handlers>;
  readonly dark?: boolean;
}

export interface World {
  readonly app: AppState;
  readonly transport: FakeTransport;
  /** Arguments of the calls of one command, in order. */
  calls(name: string): readonly unknown[];
  /** Reports a status, as main would. */
  report(sessionId: string, reported: ConnectionStatus): void;
  button(name: string | RegExp): HTMLButtonElement;
  /** The button, or null when there is none. */
  maybeButton(name: string | RegExp): HTMLButtonElement | null;
  field(label: string): HTMLInputElement;
  type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void;
  press(target: Element | Window, key: string, held?: KeyboardEventInit): void;
  treeItems(): readonly string[];
  treeItem(name: string): HTMLElement;
  text(): string;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  completeDom(options.dark);
  const sessions = [...(options.sessions ?? [])];
  const summaryOf = (id: string): SessionSummary => {
    const found = sessions.find((one) => one.id === id);
    if (!found) throw new Error(`no session ${id}`);
    return found;
  };
  const transport = createFakeTransport({
    'app:info': () => ({
      version: '0',
      electron: '0',
      platform: 'linux',
      samplesOrigin: 'http://127.0.0.1:4000',
      sessionsFolder: 'sessions',
      openUrl: options.openUrl ?? null,
      openSessionId: null,
    }),
    'replay:list': () => [],
    'workspace:read': () => ({
      nodes: options.nodes ?? [],
      environments: [],
      ui: { ...DEFAULT_UI, ...options.ui },
    }),
    'workspace:save-nodes': () => undefined,
    'workspace:save-ui': () => undefined,
    'connection:status-all': () => [],
    'connection:start': ({ endpointId, name, request }) => {
      const started = session(`s${sessions.length + 1}`, {
        endpointId,
        name,
        method: request.method,
        url: request.url,
        outcome: 'live',
      });
      sessions.unshift(started);
      return started;
    },
    'connection:stop': () => undefined,
    'connection:reconnect-now': () => undefined,
    'connection:steer': () => undefined,
    'connection:update': () => undefined,
    'workspace:save-environments': () => undefined,
    'workspace:folder': () => '/home/me/endpoints',
    'workspace:choose-folder': () => null,
    'workspace:reveal-folder': () => undefined,
    'secrets:state': () => ({ keeping: 'memory', keychain: false, known: [] }),
    'secrets:set': ({ ref }) => ({ keeping: 'memory', keychain: false, known: [ref] }),
    'secrets:reveal': () => null,
    'secrets:keep': ({ keeping }) => ({ keeping, keychain: false, known: [] }),
    'cookies:list': () => [],
    'session:list': () => sessions,
    'session:summary': ({ sessionId }) => summaryOf(sessionId),
    'session:rename': () => undefined,
    'session:describe': () => undefined,
    'session:delete-many': ({ sessionIds }) => ({ done: sessionIds, refused: [] }),
    'session:restore-many': ({ sessionIds }) => ({ done: sessionIds, refused: [] }),
    'settings:read': () => DEFAULT_SETTINGS,
    'settings:write': () => undefined,
    'session-file:open': () => 'opening-1',
    'session-file:choose': () => null,
    'session-file:cancel': () => undefined,
    'annotations:list': () => [],
    'annotations:change': () => undefined,
    'session:delete': () => undefined,
    'session:restore': () => undefined,
    'session:rows': () => NO_ROWS,
    'session:journal': () => options.journal ?? [],
    'feed:watch': ({ sessionId }) => ({
      sessionId,
      batch: 0,
      counts: summaryOf(sessionId).counts,
      lastAtMs: 0,
      fromSeq: 0,
      tail: NO_ROWS,
    }),
    'feed:unwatch': () => undefined,
    'feed:ack': () => undefined,
    'view:open': () => ({ viewId: 'view', count: 0, scanned: 0, total: 0, failure: null }),
    'view:close': () => undefined,
    'tap:list': () => [],
    'session:open-folder': () => null,
    'export:formats': () => [
      { id: 'ndjson', label: 'NDJSON', note: 'One entry a line', extension: 'ndjson', asStored: false },
      { id: 'raw', label: 'Raw bytes', note: 'As they came', extension: 'sse', asStored: false },
    ],
    'export:save': () => ({ jobId: 'job', path: '/home/me/out.ndjson' }),
    'export:cancel': () => undefined,
    'export:look': () => ({
      entries: 10,
      looked: 10,
      found: { headers: 1, addresses: 0, bodies: 0, events: 2, texts: 0 },
    }),
    'export:reveal': () => undefined,
    ...options.answers,
  });

  const client = createClient(transport);
  const app = createAppState(client);
  await app.load();
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  const view = mount(App, { target, props: { client, app } });
  flushSync();
  onTestFinished(async () => {
    await unmount(view);
    app.dispose();
    document.body.replaceChildren();
  });

  const matches = (text: string, name: string | RegExp): boolean =>
    typeof name === 'string' ? text === name : name.test(text);
  const world: World = {
    app,
    transport,
    calls: (name) => transport.calls.filter((call) => call.name === name).map((call) => call.args),
    report(sessionId, reported) {
      transport.emit('session:status', { sessionId, status: reported });
      flushSync();
    },
    maybeButton: (name) =>
      [...document.querySelectorAll<HTMLButtonElement>('button, [role^=menuitem]')].find((button) =>
        matches(button.getAttribute('aria-label') ?? button.textContent.trim(), name),
      ) ?? null,
    button(name) {
      const found = world.maybeButton(name);
      if (!found) throw new Error(`no button ${String(name)} in: ${world.text()}`);
      return found;
    },
    field(label) {
      const found = [...document.querySelectorAll('input')].find(
        (input) => input.getAttribute('aria-label') === label,
      );
      if (!found) throw new Error(`no field ${label}`);
      return found;
    },
    type(field, text) {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      flushSync();
    },
    press(on, key, held = {}) {
      on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }));
      flushSync();
    },
    treeItems: () => [...document.querySelectorAll('[role=treeitem] .name')].map((name) => name.textContent),
    treeItem(name) {
      const found = [...document.querySelectorAll<HTMLElement>('[role=treeitem]')].find(
        (item) => item.querySelector('.name')?.textContent === name,
      );
      if (!found) throw new Error(`no ${name} in the tree: ${world.treeItems().join(', ')}`);
      return found;
    },
    text: () => document.body.textContent.replace(/\s+/g, ' '),
  };
  return world;
}

/** Waits until `check` passes; what changes asynchronously is shown by then. */
export function eventually(check: () => void): Promise<void> {
  const attempt = () => {
    flushSync();
    check();
  };
  return vi.waitFor(attempt, { timeout: 20_000, interval: 20 });
}

export function click(element: Element): void {
  (element as HTMLElement).click();
  flushSync();
}
