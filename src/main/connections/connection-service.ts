/** The live connections by session. It knows no files and no windows: whoever starts a connection gives it a recorder. */
import type { Clock } from '../../shared/base/clock.ts';
import type { StoppedBy } from '../../shared/connection/machine-types.ts';
import type { Jitter } from '../../shared/connection/retry-policy.ts';
import type {
  ConnectionStatus,
  RequestSpec,
  SteerAction,
  SystemChange,
} from '../../shared/connection/types.ts';
import type { SessionOutcome } from '../../shared/session/entry.ts';
import type { Recorder } from '../../shared/session/recorder.ts';
import type { RequestJar } from './cookie-jars.ts';
import type { ConnectionDriver } from './connection-driver.ts';
import { createDriver, type Schedule } from './driver.ts';
import type { HttpPort } from './http-port.ts';

export interface StartConnection {
  readonly sessionId: string;
  /** With its variables filled in. */
  readonly request: RequestSpec;
  /** The cookie jar that the request may use. */
  readonly jar?: RequestJar;
  /** Of a log of its own; begun with the request's last event ID. */
  readonly recorder: Recorder;
  /** The whole status, each time it changes. */
  readonly onStatus: (status: ConnectionStatus) => void;
  /** Once, after the last status: everything about the connection is recorded, and the log may be closed. */
  readonly onEnded: (outcome: Exclude<SessionOutcome, 'live'>) => void;
}

export interface ConnectionService {
  /** Connects. Answers before anything has happened on the network. Throws when the session is live already. */
  start(connection: StartConnection): void;
  /** Ends a connection at once. These five return whether the session is live. */
  stop(sessionId: string, by?: StoppedBy, why?: string): boolean;
  /** Does not wait for the timer; drops an open stream first. */
  reconnectNow(sessionId: string): boolean;
  steer(sessionId: string, action: SteerAction): boolean;
  /** What later attempts ask for. */
  update(sessionId: string, request: RequestSpec): boolean;
  /** The session's log can take no more. */
  storageFailed(sessionId: string, error: unknown): boolean;
  status(sessionId: string): ConnectionStatus | null;
  statusAll(): { readonly sessionId: string; readonly status: ConnectionStatus }[];
  /** Tells all connections: waits end, and open connections have to show that they live, as their settings say. */
  systemChanged(change: SystemChange): void;
  /** Ends all connections, because the program ends. */
  stopAll(): void;
}

export interface ConnectionServiceOptions {
  readonly http: HttpPort;
  /** The clock that the port stamps arrivals with. */
  readonly clock: Clock;
  /** Default: random. */
  readonly jitter?: Jitter;
  /** Default: setTimeout. */
  readonly schedule?: Schedule;
}

export function createConnectionService(options: ConnectionServiceOptions): ConnectionService {
  const { http, clock } = options;
  const jitter = options.jitter ?? ((longestMs: number) => Math.random() * longestMs);
  const schedule = options.schedule ?? scheduleByTimeout;
  const live = new Map<string, ConnectionDriver>();

  const withLive = (sessionId: string, act: (driver: ConnectionDriver) => void): boolean => {
    const driver = live.get(sessionId);
    if (driver) act(driver);
    return driver !== undefined;
  };

  return {
    start({ sessionId, request, jar, recorder, onStatus, onEnded }) {
      if (live.has(sessionId)) throw new Error(`The session ${sessionId} is connected already`);
      const driver = createDriver({
        request,
        jar: jar ?? null,
        recorder,
        http,
        clock,
        jitter,
        schedule,
        onStatus,
        onEnded(outcome) {
          live.delete(sessionId);
          onEnded(outcome);
        },
      });
      live.set(sessionId, driver);
      driver.start();
    },
    stop: (sessionId, by = 'user', why = 'You stopped it') =>
      withLive(sessionId, (driver) => driver.stop(by, why)),
    reconnectNow: (sessionId) => withLive(sessionId, (driver) => driver.reconnectNow()),
    steer: (sessionId, action) => withLive(sessionId, (driver) => driver.steer(action)),
    systemChanged(change) {
      for (const driver of [...live.values()]) driver.systemChanged(change);
    },
    update: (sessionId, request) => withLive(sessionId, (driver) => driver.update(request)),
    storageFailed: (sessionId, error) => withLive(sessionId, (driver) => driver.storageFailed(error)),
    status: (sessionId) => live.get(sessionId)?.status() ?? null,
    statusAll: () => [...live].map(([sessionId, driver]) => ({ sessionId, status: driver.status() })),
    stopAll() {
      for (const driver of [...live.values()]) driver.stop('quit', 'Streamscope was closed');
    },
  };
}

function scheduleByTimeout(callback: () => void, delayMs: number): () => void {
  const timeout = setTimeout(callback, delayMs);
  return () => clearTimeout(timeout);
}
