/**
 * Sessions and their connections as main reports them: the list of summaries, and the status of every live connection. Knows
 * nothing of what is selected and holds no captured data.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { ConnectionStatus, RequestSpec, SteerAction } from '../../shared/connection/types.ts';
import type { Args, Client } from '../../shared/ipc/contract.ts';
import type { SessionLabels, SessionSummary } from '../../shared/session/entry.ts';
import type { Notices } from './undo.svelte.ts';

export interface Connections {
  /** Newest first. */
  readonly sessions: readonly SessionSummary[];
  readonly statuses: ReadonlyMap<string, ConnectionStatus>;
  /** Sessions that main reads again from their bytes, with how much of that is done, from 0 to 1. */
  readonly repairs: ReadonlyMap<string, number>;
  /** Sessions whose connection is connecting, open or waiting. */
  readonly live: readonly SessionSummary[];
  session(id: string | null): SessionSummary | undefined;
  isLive(id: string | null): boolean;
  /** Asks for everything anew. */
  refresh(): Promise<void>;
  /** The session, asked of main when the list does not have it yet; undefined when there is none, which has been said then. */
  find(sessionId: string): Promise<SessionSummary | undefined>;
  /** Starts a connection; null when it could not start, which has been said then. */
  start(session: Args<'connection:start'>): Promise<SessionSummary | null>;
  stop(sessionId: string): void;
  reconnectNow(sessionId: string): void;
  /** Drops it, pauses or resumes reconnecting, or chooses the next Last-Event-ID. */
  steer(sessionId: string, action: SteerAction): void;
  /** Resolves to why the request cannot be asked for, or to null. */
  update(sessionId: string, environmentId: string | null, request: RequestSpec): Promise<string | null>;
  rename(sessionId: string, name: string): void;
  /** Changes what the user says of it. */
  describe(sessionId: string, labels: Partial<Omit<SessionLabels, 'name'>>): void;
  /** Sessions that are being deleted: out of the list at once. */
  take(sessionIds: readonly string[]): void;
  /** Deletes a session and offers to undo that; `restored` is called when it was. */
  remove(sessionId: string, restored: () => void): void;
  dispose(): void;
}

const LIVE_STATES: ReadonlySet<string> = new Set(['connecting', 'open', 'waiting']);

export function createConnections(client: Client, notices: Notices): Connections {
  let sessions = $state.raw<readonly SessionSummary[]>([]);
  const statuses = new SvelteMap<string, ConnectionStatus>();
  const repairs = new SvelteMap<string, number>();
  const live = $derived(sessions.filter((session) => isLive(session.id)));
  let asked = 0;
  let listing: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  /** The notice that a start failed; it goes when the next one is tried. */
  let refusal: number | null = null;

  function isLive(id: string | null): boolean {
    return id !== null && LIVE_STATES.has(statuses.get(id)?.state ?? '');
  }

  const failedTo = (what: string) => (error: unknown) => notices.failed(what, error);

  async function readList(): Promise<void> {
    const mine = (asked += 1);
    const listed = await client.call('session:list');
    // An answer that an answer to a later question has overtaken is old.
    if (mine === asked) sessions = listed;
  }

  /** A list of thousands is not asked for again while it is on its way, but once after it. */
  function refreshList(): Promise<void> {
    if (!listing) {
      listing = readList().finally(() => (listing = null));
      return listing;
    }
    queued ??= listing
      .catch(() => undefined)
      .then(() => {
        queued = null;
        return refreshList();
      });
    return queued;
  }

  const ends = [
    client.on('session:list-changed', () => {
      refreshList().catch(failedTo('The list of sessions could not be read'));
    }),
    client.on('session:status', ({ sessionId, status }) => statuses.set(sessionId, status)),
    client.on('session:repair', ({ sessionId, share }) => {
      if (share === null) repairs.delete(sessionId);
      else repairs.set(sessionId, share);
    }),
  ];

  function put(summary: SessionSummary): void {
    sessions = [summary, ...sessions.filter((session) => session.id !== summary.id)];
    if (!listing) return;
    // A list that is on its way may be from before this session: it does not count, and another one is asked for.
    asked += 1;
    refreshList().catch(failedTo('The list of sessions could not be read'));
  }

  return {
    get sessions() {
      return sessions;
    },
    statuses,
    repairs,
    get live() {
      return live;
    },
    session: (id) => sessions.find((session) => session.id === id),
    isLive,
    async refresh() {
      const [all] = await Promise.all([client.call('connection:status-all'), refreshList()]);
      for (const { sessionId, status } of all) statuses.set(sessionId, status);
    },
    async find(sessionId) {
      const known = sessions.find((session) => session.id === sessionId);
      if (known) return known;
      try {
        const summary = await client.call('session:summary', { sessionId });
        put(summary);
        return summary;
      } catch (error) {
        notices.failed('The session could not be read', error);
        return undefined;
      }
    },
    async start(session) {
      if (refusal !== null) notices.dismiss(refusal);
      try {
        const summary = await client.call('connection:start', session);
        put(summary);
        return summary;
      } catch (error) {
        refusal = notices.failed('Could not connect', error);
        return null;
      }
    },
    stop(sessionId) {
      client.call('connection:stop', { sessionId }).catch(failedTo('The stream could not be stopped'));
    },
    reconnectNow(sessionId) {
      client.call('connection:reconnect-now', { sessionId }).catch(failedTo('Could not reconnect'));
    },
    steer(sessionId, action) {
      client.call('connection:steer', { sessionId, action }).catch(failedTo('That could not be done'));
    },
    update: (sessionId, environmentId, request) =>
      client.call('connection:update', { sessionId, environmentId, request }).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
    rename(sessionId, name) {
      const trimmed = name.trim();
      if (trimmed === '') return;
      sessions = sessions.map((one) => (one.id === sessionId ? { ...one, name: trimmed } : one));
      client
        .call('session:rename', { sessionId, name: trimmed })
        .catch(failedTo('The session was not renamed'));
    },
    describe(sessionId, labels) {
      sessions = sessions.map((one) => (one.id === sessionId ? { ...one, ...labels } : one));
      client
        .call('session:describe', { sessionId, labels })
        .catch(failedTo('What was said of the session was not kept'));
    },
    take(sessionIds) {
      const going = new Set(sessionIds);
      sessions = sessions.filter(({ id }) => !going.has(id));
    },
    remove(sessionId, restored) {
      const gone = sessions.find((session) => session.id === sessionId);
      if (!gone) return;
      const removed = client.call('session:delete', { sessionId });
      sessions = sessions.filter((session) => session.id !== sessionId);
      removed.then(
        () =>
          notices.undoable(`Deleted the session "${gone.name}"`, () => {
            client
              .call('session:restore', { sessionId })
              .then(refreshList)
              .then(restored)
              .catch(failedTo('The session could not be brought back'));
          }),
        (error: unknown) => {
          notices.failed('The session was not deleted', error);
          refreshList().catch(failedTo('The list of sessions could not be read'));
        },
      );
    },
    dispose() {
      for (const end of ends) end();
    },
  };
}
