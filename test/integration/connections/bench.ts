/** A connection over real sockets into a log in memory, with everything about it to look at. */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../../../src/shared/base/clock.ts';
import {
  DEFAULT_RECONNECT,
  type ConnectionStatus,
  type RequestSpec,
} from '../../../src/shared/connection/types.ts';
import type { JournalEntry, JournalKind, SessionOutcome } from '../../../src/shared/session/entry.ts';
import { kindOf, readRecord, RECORD_BYTES } from '../../../src/shared/session/index-record.ts';
import type { SessionLog } from '../../../src/shared/session/log.ts';
import { createMemoryLog } from '../../../src/shared/session/memory-log.ts';
import { createRecorder, type Recorder } from '../../../src/shared/session/recorder.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import {
  createConnectionService,
  type ConnectionService,
} from '../../../src/main/connections/connection-service.ts';
import type { HttpPort } from '../../../src/main/connections/http-port.ts';
import type { SystemProxy } from '../../../src/main/connections/proxy-route.ts';
import { gate } from './gate.ts';
import { startRawServer, type RawCall, type RawServer } from './raw-server.ts';
import type { RequestJar } from '../../../src/main/connections/cookie-jars.ts';
import { createPreparedHttpPort } from '../../../src/main/connections/prepared-http-port.ts';
import { createTokenSource } from '../../../src/main/connections/token-source.ts';
import { createUndiciHttpPort } from '../../../src/main/connections/undici-http-port.ts';
import { BLANK_REQUEST } from '../../../src/shared/connection/blank-request.ts';

export interface Bench {
  readonly service: ConnectionService;
  readonly log: SessionLog;
  readonly statuses: readonly ConnectionStatus[];
  readonly status: ConnectionStatus;
  /** Resolves when a status, from now on or the present one, fits. */
  until(fits: (status: ConnectionStatus) => boolean): Promise<ConnectionStatus>;
  /** Resolves when the log holds this much. */
  untilEvents(count: number): Promise<void>;
  /** Resolves with how it ended. */
  readonly outcome: Promise<Exclude<SessionOutcome, 'live'>>;
  journal<K extends JournalKind>(kind: K): Promise<Extract<JournalEntry, { kind: K }>[]>;
  /** The text of all body bytes. */
  text(): Promise<string>;
  /** Kinds of all entries, in order. */
  kinds(): Promise<string[]>;
  /** Changes what later attempts ask for. */
  change(changes: Partial<RequestSpec>): void;
  stop(): void;
}

export const SESSION = 'bench';

export const clock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
};

export interface BenchOptions extends Partial<RequestSpec> {
  /** Trusted besides the usual ones. */
  readonly certificates?: string;
  readonly systemProxy?: SystemProxy;
  /** Shared with other connections; default: one of its own. */
  readonly http?: HttpPort;
  /** Stands between the connection and the log. */
  readonly wrap?: (recorder: Recorder) => Recorder;
  /** The cookie jar of its folder. */
  readonly jar?: RequestJar;
}

function later(run: () => void, delayMs: number): () => void {
  const timeout = setTimeout(run, delayMs);
  return () => clearTimeout(timeout);
}

/** Connects, with no waits beyond 10 ms unless the request says otherwise. */
function connect(url: string, options: BenchOptions = {}): Bench {
  const { jar, certificates, systemProxy, wrap, http: shared, ...changes } = options;
  const request: RequestSpec = {
    ...BLANK_REQUEST,
    url,
    reconnect: { ...DEFAULT_RECONNECT, initialDelayMs: 1, floorMs: 1, maxDelayMs: 10 },
    ...changes,
  };
  const log = createMemoryLog({ sessionId: SESSION, maxBytes: 256 * 1024 * 1024 });
  const recorder = createRecorder({
    log,
    byteText: createNodeByteText(),
    lastEventId: request.lastEventId,
  });
  const wire = shared ?? createUndiciHttpPort({ nowMs: clock.nowMs, certificates, systemProxy });
  const http = createPreparedHttpPort(
    wire,
    createTokenSource({ http: wire, nowMs: clock.nowMs, schedule: later }),
  );
  const service = createConnectionService({ http, clock, jitter: () => 0 });
  const statuses: ConnectionStatus[] = [];
  const watchers = new Set<() => void>();
  let settle: (outcome: Exclude<SessionOutcome, 'live'>) => void = () => {};
  const outcome = new Promise<Exclude<SessionOutcome, 'live'>>((resolve) => (settle = resolve));
  const look = () => {
    for (const watcher of watchers) watcher();
  };
  const waitFor = <T>(check: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const watcher = () => {
        const found = check();
        if (found === undefined) return;
        watchers.delete(watcher);
        resolve(found);
      };
      watchers.add(watcher);
      watcher();
    });
  log.onAppend(look);
  service.start({
    sessionId: SESSION,
    request,
    ...(jar && { jar }),
    recorder: wrap ? wrap(recorder) : recorder,
    onStatus(status) {
      statuses.push(status);
      look();
    },
    onEnded: (how) => settle(how),
  });
  const latest = () => service.status(SESSION) ?? (statuses.at(-1) as ConnectionStatus);
  return {
    service,
    log,
    statuses,
    get status() {
      return latest();
    },
    until: (fits) => waitFor(() => (fits(latest()) ? latest() : undefined)),
    untilEvents: async (count) => void (await waitFor(() => (log.counts.events >= count ? true : undefined))),
    outcome,
    async journal(kind) {
      const entries = await log.journal();
      return entries.flatMap(({ entry }) => (entry.kind === kind ? [entry as never] : []));
    },
    async text() {
      return Buffer.from(await log.readWire(0, log.wireBytes)).toString();
    },
    async kinds() {
      const view = await log.readRecords(0, log.count);
      return Array.from({ length: log.count }, (_, at) =>
        kindOf(readRecord(view, at * RECORD_BYTES).kindNumber),
      );
    },
    change: (changed) => void service.update(SESSION, { ...request, ...changed }),
    stop: () => void service.stop(SESSION),
  };
}

const cleanups: (() => unknown)[] = [];

/** Undoes what a test opened, newest first. For afterEach. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** Starts a server that ends with the test. */
export async function serve(answer: (call: RawCall) => void, port?: number): Promise<RawServer> {
  const server = await startRawServer(answer, port);
  cleanups.push(() => server.close());
  return server;
}

/** A connection that ends with the test. */
export function connected(url: string, options?: BenchOptions): Bench {
  const bench = connect(url, options);
  cleanups.push(() => bench.service.stopAll());
  return bench;
}

/** Runs `cleanup` when the test ends. */
export function afterTest(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

/** Resolves when the server's buffers are full and `progress` stands still: nothing is taken any more. */
export async function stalled(call: RawCall, progress: () => number): Promise<void> {
  const still = gate();
  let before = -1;
  const watch = setInterval(() => {
    const now = progress();
    if (call.writableNeedDrain && now === before) still.pass();
    before = now;
  }, 50);
  await still.passed;
  clearInterval(watch);
}
