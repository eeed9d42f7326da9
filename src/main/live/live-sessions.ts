/**
 * Sessions from their start to their end: a request becomes a connection that records into a log of the store, and what happens
 * to it is told. Owns which sessions are live; never reads what they captured.
 */
import type { Clock } from '../../shared/base/clock.ts';
import type { RequestSpec, SteerAction, SystemChange } from '../../shared/connection/types.ts';
import type { SessionStatus } from '../../shared/ipc/contract.ts';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { CaptureStore } from '../../shared/session/capture-store.ts';
import type {
  JournalEntry,
  SessionLabels,
  SessionOutcome,
  SessionSummary,
} from '../../shared/session/entry.ts';
import type { SessionLog } from '../../shared/session/log.ts';
import { createRecorder, type Recorder } from '../../shared/session/recorder.ts';
import { redactUrl } from '../../shared/session/redact.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { createMask, maskEntry, type Mask } from '../../shared/session/mask-secrets.ts';
import {
  knownValues,
  missingSecrets,
  ownerText,
  secretValues,
  type Scope,
} from '../../shared/workspace/scope.ts';
import { substituteRequest } from '../../shared/workspace/variables.ts';
import type { WatchSession } from './session-watch.ts';
import type { RequestJar } from '../connections/cookie-jars.ts';
import { createFollowedSessions, type FollowedSessions } from './followed-sessions.ts';
import type { ConnectionService } from '../connections/connection-service.ts';

export interface LiveSessionsDeps {
  readonly store: CaptureStore;
  readonly connections: ConnectionService;
  readonly byteText: ByteText;
  readonly clock: Clock;
  /** What the request of an endpoint can name, with an environment switched on. */
  readonly scope: (endpointId: string | null, environmentId: string | null) => Scope;
  /** The cookie jar of an endpoint's folder. */
  readonly jar: (endpointId: string | null) => RequestJar;
  /** Sessions that others record. Default: none. */
  readonly followed?: FollowedSessions;
  /** Looks at each session while it is live. Default: nobody does. */
  readonly watch?: WatchSession;
  readonly onStatus: (status: SessionStatus) => void;
  /** A session came, went, ended or changed its name. */
  readonly onListChanged: () => void;
  /** A session is going to be removed: whoever reads it must let go. */
  readonly beforeRemove: (sessionId: string) => Promise<void>;
  /** Something failed that no caller waits for. */
  readonly onFault: (what: string, error: unknown) => void;
}

export interface StartSession {
  readonly endpointId: string | null;
  readonly environmentId: string | null;
  readonly name: string;
  readonly request: RequestSpec;
}

export interface LiveSessions {
  /** Answers before the first byte. Throws `CodedError` on an unknown variable, and when nothing can be stored. */
  start(session: StartSession): Promise<SessionSummary>;
  /** Ends the connection at once; nothing happens when it has ended already. */
  stop(sessionId: string): void;
  reconnectNow(sessionId: string): void;
  /** What the user does to a connection that lives. */
  steer(sessionId: string, action: SteerAction): void;
  /** Something about the machine or its network that all connections should know. */
  systemChanged(change: SystemChange): void;
  update(sessionId: string, environmentId: string | null, request: RequestSpec): void;
  statusAll(): readonly SessionStatus[];
  /** Newest first; live ones with their counts of now. */
  list(): Promise<readonly SessionSummary[]>;
  summary(sessionId: string): Promise<SessionSummary>;
  /** Changes what the user says of it. */
  describe(sessionId: string, labels: Partial<SessionLabels>): Promise<void>;
  /** Stops it first if it is live. `restore` brings it back until the app ends. */
  remove(sessionId: string): Promise<void>;
  restore(sessionId: string): Promise<void>;
  /** Ends all connections; resolves when their logs are complete and closed. */
  close(): Promise<void>;
}

interface LiveSession {
  readonly endpointId: string | null;
  /** Takes out the values of the secrets that its requests could name so far. */
  mask: Mask;
  readonly secrets: Set<string>;
  readonly log: SessionLog;
  readonly startedAtMs: number;
  /** Resolves when the session has ended and its log is closed. */
  readonly ended: Promise<void>;
}

const NOT_LIVE = 'This session has ended. Connect again to begin a new one.';

export function createLiveSessions(deps: LiveSessionsDeps): LiveSessions {
  const { store, connections, clock } = deps;
  const { followed = createFollowedSessions() } = deps;
  const live = new Map<string, LiveSession>();
  let closing = false;

  async function start(session: StartSession): Promise<SessionSummary> {
    if (closing) throw new CodedError('busy', 'Streamscope is closing.');
    const { endpointId, name } = session;
    const scope = deps.scope(endpointId, session.environmentId);
    const request = valued(session.request, scope);
    const secrets = new Set(secretValues(scope));
    const mask = createMask([...secrets]);
    const url = mask(redactUrl(request.url));
    const startedAtMs = clock.nowMs();
    const storage = createStorageAlarm();
    const described = { name: name.trim() || url, method: request.method, url, endpointId };
    const log = await store
      .create({ ...described, startedAt: clock.epochMs() }, storage.raise)
      .catch((error: unknown) => Promise.reject(asStorageError(error)));
    const jar = deps.jar(endpointId);
    live.set(log.sessionId, {
      log,
      endpointId,
      secrets,
      mask,
      startedAtMs,
      ended: connect(log, described, request, jar),
    });
    storage.answer((error) => connections.storageFailed(log.sessionId, error));
    deps.onListChanged();
    return summary(log.sessionId);
  }

  /** Resolves when the connection is over for good and the session is finished. */
  function connect(
    log: SessionLog,
    { name, endpointId }: { readonly name: string; readonly endpointId: string | null },
    request: RequestSpec,
    jar: RequestJar,
  ): Promise<void> {
    const { sessionId } = log;
    const { lastEventId } = request;
    const recorder = masking(sessionId, createRecorder({ log, byteText: deps.byteText, lastEventId }));
    return new Promise((resolve) => {
      let endWatch = async (): Promise<void> => {};
      connections.start({
        sessionId,
        request,
        jar,
        recorder,
        onStatus: (status) => deps.onStatus({ sessionId, status }),
        onEnded: (outcome) => resolve(endWatch().then(() => finish(sessionId, outcome))),
      });
      const append = (entry: JournalEntry, atMs: number) => recorder.entry(entry, atMs);
      if (deps.watch) endWatch = deps.watch({ reader: log, name, endpointId, request, append });
    });
  }

  /** The recorder with the values of secrets taken out of every entry. */
  function masking(sessionId: string, recorder: Recorder): Recorder {
    return {
      ...recorder,
      get lastEventId() {
        return recorder.lastEventId;
      },
      entry(entry, atMs) {
        const session = live.get(sessionId);
        recorder.entry(session ? maskEntry(entry, session.mask) : entry, atMs);
      },
    };
  }

  function update(sessionId: string, environmentId: string | null, request: RequestSpec): void {
    const session = live.get(sessionId);
    if (!session) throw new CodedError('not-found', NOT_LIVE);
    const scope = deps.scope(session.endpointId, environmentId);
    const substituted = valued(request, scope);
    for (const secret of secretValues(scope)) session.secrets.add(secret);
    session.mask = createMask([...session.secrets]);
    mustBeLive(connections.update(sessionId, substituted));
  }

  async function finish(sessionId: string, outcome: Exclude<SessionOutcome, 'live'>): Promise<void> {
    try {
      await store.finish(sessionId, outcome);
    } catch (error) {
      deps.onFault(`finishing the session ${sessionId}`, error);
    } finally {
      live.delete(sessionId);
      deps.onListChanged();
    }
  }

  async function summary(sessionId: string): Promise<SessionSummary> {
    return asOfNow(await store.summary(sessionId));
  }

  function asOfNow(stored: SessionSummary): SessionSummary {
    const session = live.get(stored.id) ?? followed.get(stored.id);
    if (!session) return stored;
    const durationMs = clock.nowMs() - session.startedAtMs;
    return { ...stored, durationMs, outcome: 'live', counts: session.log.counts };
  }

  function mustBeLive(found: boolean): void {
    if (!found) throw new CodedError('not-found', NOT_LIVE);
  }

  return {
    start,
    summary,
    stop(sessionId) {
      connections.stop(sessionId);
      followed.get(sessionId)?.stop();
    },
    reconnectNow: (sessionId) => mustBeLive(connections.reconnectNow(sessionId)),
    steer: (sessionId, action) => mustBeLive(connections.steer(sessionId, action)),
    systemChanged: (change) => connections.systemChanged(change),
    update,
    statusAll: () => [...connections.statusAll(), ...followed.statusAll()],
    list: async () => (await store.list()).map(asOfNow),
    async describe(sessionId, labels) {
      await store.describe(sessionId, labels);
      deps.onListChanged();
    },
    async remove(sessionId) {
      connections.stop(sessionId, 'user', 'You deleted the session');
      followed.get(sessionId)?.stop();
      await (live.get(sessionId) ?? followed.get(sessionId))?.ended;
      await deps.beforeRemove(sessionId);
      await store.remove(sessionId);
      deps.onListChanged();
    },
    async restore(sessionId) {
      await store.restore(sessionId);
      deps.onListChanged();
    },
    async close() {
      closing = true;
      connections.stopAll();
      await Promise.all([...live.values()].map(({ ended }) => ended));
    },
  };
}

/** So that the window is told of a disk that refuses as something to be dealt with, and not as a fault of the program. */
function asStorageError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return new CodedError('storage', error instanceof Error ? error.message : String(error));
}

/** Carries a storage failure from the store, which may fail at once, to the connection, which starts after the store. */
function createStorageAlarm() {
  let raised: Error | null = null;
  let answer: ((error: Error) => void) | null = null;
  return {
    raise(this: void, error: Error): void {
      if (answer) answer(error);
      else raised = error;
    },
    answer(act: (error: Error) => void): void {
      answer = act;
      if (raised) act(raised);
    },
  };
}

/** The request with the values of its variables. Throws `CodedError` on one that does not exist or has no value. */
function valued(request: RequestSpec, scope: Scope): RequestSpec {
  const [missing] = missingSecrets(request, scope);
  if (missing)
    throw new CodedError(
      'bad-arguments',
      `The secret {{${missing.name}}} of ${ownerText(missing.owner)} has no value here yet. Enter it under Environments.`,
    );
  return substituteRequest(request, knownValues(scope));
}
