import { describe, expect, it } from 'vitest';
import type {
  ConnectionService,
  StartConnection,
} from '../../../../src/main/connections/connection-service.ts';
import { createLiveSessions } from '../../../../src/main/live/live-sessions.ts';
import {
  DEFAULT_RECONNECT,
  type ConnectionStatus,
  type RequestSpec,
} from '../../../../src/shared/connection/types.ts';
import type { CaptureStore, NewSession } from '../../../../src/shared/session/capture-store.ts';
import type { SessionSummary } from '../../../../src/shared/session/entry.ts';
import type { SessionLog, StorageFailed } from '../../../../src/shared/session/log.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { scopeOf } from '../../../../src/shared/workspace/scope.ts';
import type { Environment } from '../../../../src/shared/workspace/workspace.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { BLANK_REQUEST } from '../../../../src/shared/connection/blank-request.ts';
import { bodyOfText } from '../../../../src/shared/connection/request-body.ts';

const request: RequestSpec = {
  ...BLANK_REQUEST,
  method: 'GET',
  url: '{{samples}}/events?token=very-secret',
  headers: [],
  body: bodyOfText(''),
  reconnect: DEFAULT_RECONNECT,
  lastEventId: '7',
};
const open: ConnectionStatus = {
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
    'list' | 'create' | 'finish' | 'rename' | 'remove' | 'restore' | 'summary'
  > = {
    list: async () => [...summaries.values()],
    async create(session: NewSession, onFailure) {
      const id = `s${summaries.size + 1}`;
      calls.push(['create', session]);
      if (refuseToCreate) throw new Error('No space.');
      const log = createMemoryLog({ sessionId: id, maxBytes: 1_000_000 });
      logs.set(id, log);
      failures.set(id, onFailure);
      summaries.set(id, { id, ...session, durationMs: 0, outcome: 'live', counts: log.counts });
      if (failOnCreate) onFailure(failOnCreate);
      return log;
    },
    async finish(id, outcome) {
      calls.push(['finish', id, outcome]);
      const stored = summaries.get(id);
      if (!stored || failOnFinish) throw new Error('disk trouble');
      summaries.set(id, { ...stored, outcome });
    },
    rename: async (id, name) => void calls.push(['rename', id, name]),
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

function stage(options: StageOptions = {}) {
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
const start = { endpointId: 'e1', environmentId: null, name: ' Goals ', request };

describe('live sessions', () => {
  it('start with variables filled in, and keep no secret of the address', async () => {
    const { sessions, calls, statuses } = stage();
    const summary = await sessions.start(start);
    expect(summary).toMatchObject({ id: 's1', name: 'Goals', outcome: 'live', endpointId: 'e1' });
    expect(calls).toEqual([
      [
        'create',
        {
          name: 'Goals',
          method: 'GET',
          url: 'http://127.0.0.1:9/events?token=(hidden-11)',
          endpointId: 'e1',
          startedAt: 1_700_000_000_000,
        },
      ],
      ['start', 's1', 'http://127.0.0.1:9/events?token=very-secret', '7'],
    ]);
    expect(statuses).toEqual([{ sessionId: 's1', status: open }]);
  });

  it('are named after the address when they have no name', async () => {
    const summary = await stage().sessions.start({ ...start, name: '  ' });
    expect(summary.name).toBe('http://127.0.0.1:9/events?token=(hidden-11)');
  });

  it('do not start with an unknown variable', async () => {
    const { sessions, calls } = stage();
    await expect(
      sessions.start({ ...start, request: { ...request, url: '{{nope}}/' } }),
    ).rejects.toMatchObject({ code: 'bad-arguments' });
    expect(calls).toEqual([]);
  });

  describe('with a secret variable', () => {
    const environment: Environment = {
      id: 'prod',
      name: 'Production',
      variables: [{ name: 'key', value: '', secret: true, enabled: true }],
    };
    const secretRequest: RequestSpec = {
      ...request,
      url: '{{samples}}/{{key}}/events',
      headers: [{ name: 'X-Mine', value: 'k={{key}}', enabled: true }],
    };

    it('send its value and record a mark in its place', async () => {
      const { sessions, calls, logs, connections } = stage({ environment, secrets: { key: 's3cret/value' } });
      const summary = await sessions.start({ ...start, request: secretRequest });
      expect(summary.url).toBe('http://127.0.0.1:9/(hidden: 12 characters)/events');
      expect(calls.at(-1)).toEqual(['start', 's1', 'http://127.0.0.1:9/s3cret/value/events', '7']);
      connections.live
        .get('s1')
        ?.recorder.entry(
          { kind: 'capture-notice', code: 'disk', message: 'k=s3cret/value or s3cret%2Fvalue' },
          1,
        );
      const text = JSON.stringify(await logs.get('s1')?.journal());
      expect(text).toContain('k=(hidden: 12 characters) or (hidden: 12 characters)');
      expect(text).not.toContain('s3cret');
    });

    it('do not start while its value is not known, and say whose it is', async () => {
      const { sessions, calls } = stage({ environment });
      await expect(sessions.start({ ...start, request: secretRequest })).rejects.toMatchObject({
        message:
          'The secret {{key}} of the environment Production has no value here yet. Enter it under Environments.',
      });
      expect(calls).toEqual([]);
    });
  });

  it('do not start when nothing can be stored', async () => {
    const { sessions, calls } = stage({ refuseToCreate: true });
    await expect(sessions.start(start)).rejects.toMatchObject({ code: 'storage', message: 'No space.' });
    expect(calls.map(([name]) => name)).toEqual(['create']);
    expect(await sessions.list()).toEqual([]);
  });

  it('are listed with their counts of now', async () => {
    const { sessions, logs, wait } = stage();
    await sessions.start(start);
    logs.get('s1')?.appendEntry({ kind: 'capture-notice', code: 'disk', message: '' }, 5);
    wait(250);
    expect(await sessions.list()).toMatchObject([{ id: 's1', durationMs: 250, counts: { entries: 1 } }]);
    expect(await sessions.summary('s1')).toMatchObject({ durationMs: 250, outcome: 'live' });
  });

  it('are finished in the store when the connection is over, and the list is told', async () => {
    const { sessions, connections, calls, listChanges } = stage();
    await sessions.start(start);
    const before = listChanges();
    connections.end('s1', 'ended');
    await expect.poll(listChanges).toBeGreaterThan(before);
    expect(calls.at(-1)).toEqual(['finish', 's1', 'ended']);
    expect(await sessions.list()).toMatchObject([{ outcome: 'ended' }]);
    expect(sessions.statusAll()).toEqual([]);
  });

  it('end with a full disk, also when it was full from the start', async () => {
    const late = stage();
    await late.sessions.start(start);
    late.failures.get('s1')?.(new Error('The disk is full.'));
    expect(late.calls).toContainEqual(['storage-failed', 's1', 'The disk is full.']);

    const early = stage({ failOnCreate: new Error('The disk was full.') });
    await early.sessions.start(start);
    expect(early.calls.slice(1)).toEqual([
      ['start', 's1', 'http://127.0.0.1:9/events?token=very-secret', '7'],
      ['storage-failed', 's1', 'The disk was full.'],
      ['finish', 's1', 'failed'],
    ]);
  });

  it('are stopped before they are deleted', async () => {
    const { sessions, calls } = stage();
    await sessions.start(start);
    await sessions.remove('s1');
    expect(calls.slice(2)).toEqual([
      ['stop', 's1', 'user'],
      ['finish', 's1', 'stopped'],
      ['forget', 's1'],
      ['remove', 's1'],
    ]);
    await sessions.restore('s1');
    expect(calls.at(-1)).toEqual(['restore', 's1']);
  });

  it('take changes for later attempts, with variables, as long as they live', async () => {
    const { sessions, calls, connections } = stage();
    await sessions.start(start);
    sessions.update('s1', null, { ...request, url: '{{samples}}/other' });
    expect(calls.at(-1)).toEqual(['update', 's1', 'http://127.0.0.1:9/other']);
    sessions.reconnectNow('s1');
    connections.end('s1', 'ended');
    expect(() => sessions.update('s1', null, request)).toThrow('has ended');
    expect(() => sessions.reconnectNow('s1')).toThrow('has ended');
    expect(() => sessions.stop('s1')).not.toThrow();
  });

  it('all end when the app does, and none starts after that', async () => {
    const { sessions, calls } = stage();
    await sessions.start(start);
    await sessions.start(start);
    await sessions.close();
    expect(calls.slice(-2)).toEqual([
      ['finish', 's1', 'stopped'],
      ['finish', 's2', 'stopped'],
    ]);
    await expect(sessions.start(start)).rejects.toMatchObject({ code: 'busy' });
  });

  it('report a session that could not be finished, and let it go', async () => {
    const { sessions, connections, faults, listChanges } = stage({ failOnFinish: true });
    await sessions.start(start);
    const before = listChanges();
    connections.end('s1', 'ended');
    await sessions.close();
    expect(faults).toEqual([['finishing the session s1', new Error('disk trouble')]]);
    expect(listChanges()).toBe(before + 1);
  });
});
