/** Live sessions over a store and connections that remember what was asked of them, as mocks of files and sockets. */
import type { ConnectionService, StartConnection } from '../../src/main/connections/connection-service.ts';
import { createLiveSessions } from '../../src/main/live/live-sessions.ts';
import {
  DEFAULT_RECONNECT,
  type ConnectionStatus,
  type RequestSpec,
} from '../../src/shared/connection/types.ts';
import type { CaptureStore, NewSession } from '../../src/shared/session/capture-store.ts';
import type { SessionSummary } from '../../src/shared/session/entry.ts';
import { sessionSummary } from './session-summary.ts';
import type { SessionLog, StorageFailed } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { scopeOf } from '../../src/shared/workspace/scope.ts';
import type { Environment } from '../../src/shared/workspace/workspace.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { BLANK_REQUEST } from '../../src/shared/connection/blank-request.ts';
import { bodyOfText } from '../../src/shared/connection/request-body.ts';

export const request: RequestSpec = {
  ...BLANK_REQUEST,
  method: 'GET',
  url: '{{samples}}/events?token=very-secret',
  headers: [],
  body: bodyOfText(''),
  reconnect: DEFAULT_RECONNECT,
  lastEventId: '7',
};
export const open: ConnectionStatus = {
  state: 'open',
  attempt: 1,
  lastEventId: '7',
  retryMs: null,
  waiting: null,
  paused: false,
  nextLastEventId: null,
  reason: '',
  failure: null,
  sinceMs: 0,
};
type Call = readonly [name: string, ...args: unknown[]];

interface FakeStoreOptions {
  /** The disk fails before the connection starts. */
  readonly failOnCreate?: Error;
  readonly failOnFinish?: boolean;
  readonly refuseToCreate?: boolean;
}

/** A store that remembers what was asked of it. */
function createFakeStore(calls: Call[], { failOnCreate, failOnFinish, refuseToCreate }: FakeStoreOptions) {
  const summaries = new Map<string, SessionSummary>();
  const failures = new Map<string, StorageFailed>();
  const logs = new Map<string, SessionLog>();
  const store: Pick<
    CaptureStore,
    'list' | 'create' | 'finish' | 'describe' | 'remove' | 'restore' | 'summary'
  > = {
    list: async () => [...summaries.values()],
    async create(session: NewSession, onFailure) {
      const id = `s${summaries.size + 1}`;
      calls.push(['create', session]);
      if (refuseToCreate) throw new Error('No space.');
      const log = createMemoryLog({ sessionId: id, maxBytes: 1_000_000 });
      logs.set(id, log);
      failures.set(id, onFailure);
      summaries.set(
        id,
        sessionSummary(id, { ...session, durationMs: 0, outcome: 'live', counts: log.counts }),
      );
      if (failOnCreate) onFailure(failOnCreate);
      return log;
    },
    async finish(id, outcome) {
      calls.push(['finish', id, outcome]);
      const stored = summaries.get(id);
      if (!stored || failOnFinish) throw new Error('disk trouble');
      summaries.set(id, { ...stored, outcome });
    },
    describe: async (id, labels) => void calls.push(['describe', id, labels]),
    remove: async (id) => void calls.push(['remove', id]),
    restore: async (id) => void calls.push(['restore', id]),
    summary: async (id) => summaries.get(id) as SessionSummary,
  };
  return { store: store as CaptureStore, logs, failures };
}

/** Connections that end when they are told to, as the real ones do. */
function createFakeConnections(calls: Call[]) {
  const live = new Map<string, StartConnection>();
  const end = (id: string, outcome: 'stopped' | 'failed' | 'ended'): boolean => {
    const connection = live.get(id);
    live.delete(id);
    connection?.onEnded(outcome);
    return connection !== undefined;
  };
  const service: ConnectionService = {
    start(connection) {
      live.set(connection.sessionId, connection);
      calls.push(['start', connection.sessionId, connection.request.url, connection.recorder.lastEventId]);
      connection.onStatus(open);
    },
    stop(id, by = 'user') {
      calls.push(['stop', id, by]);
      return end(id, 'stopped');
    },
    reconnectNow: (id) => live.has(id),
    steer(id, action) {
      calls.push(['steer', id, action.kind]);
      return live.has(id);
    },
    systemChanged: (change) => void calls.push(['system-changed', change]),
    update(id, next) {
      calls.push(['update', id, next.url]);
      return live.has(id);
    },
    storageFailed(id, error) {
      calls.push(['storage-failed', id, (error as Error).message]);
      return end(id, 'failed');
    },
    status: (id) => (live.has(id) ? open : null),
    statusAll: () => [...live.keys()].map((sessionId) => ({ sessionId, status: open })),
    stopAll: () => [...live.keys()].forEach((id) => end(id, 'stopped')),
  };
  return { service, live, end };
}

interface StageOptions extends FakeStoreOptions {
  readonly environment?: Environment;
  /** Values of its secrets, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export function stage(options: StageOptions = {}) {
  const calls: Call[] = [];
  const statuses: unknown[] = [];
  const faults: unknown[] = [];
  let now = 100;
  let listChanges = 0;
  const { store, logs, failures } = createFakeStore(calls, options);
  const connections = createFakeConnections(calls);
  const sessions = createLiveSessions({
    store,
    connections: connections.service,
    byteText: createPortableByteText(),
    clock: { nowMs: () => now, epochMs: () => 1_700_000_000_000 },
    jar: () => ({ withCookies: (_, headers) => headers, take: () => undefined }),
    scope: () =>
      scopeOf({
        nodes: [],
        environments: options.environment ? [options.environment] : [],
        environmentId: options.environment?.id ?? null,
        nodeId: null,
        secrets: (_owner: string, name: string) => options.secrets?.[name] ?? null,
        given: new Map([['samples', 'http://127.0.0.1:9']]),
      }),
    onStatus: (status) => statuses.push(status),
    onListChanged: () => (listChanges += 1),
    beforeRemove: async (id) => void calls.push(['forget', id]),
    onFault: (...fault) => faults.push(fault),
  });
  return {
    sessions,
    calls,
    statuses,
    faults,
    connections,
    logs,
    failures,
    listChanges: () => listChanges,
    wait: (ms: number) => void (now += ms),
  };
}
export const start = { endpointId: 'e1', environmentId: null, name: ' Goals ', request };
