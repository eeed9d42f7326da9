/**
 * What the window knows of one session: its counters, its connection's state, and a small cache of the rows that are looked
 * at. Everything else stays in main's log and is asked for. Never holds an event, never decides anything; it can be thrown
 * away and built again at any time.
 */
import type { ConnectionStatus } from '../../shared/connection/types.ts';
import { parseQuery, someTerm, type Term } from '../../shared/filter/query.ts';
import type { RowFilter } from '../../shared/filter/row-filter.ts';
import type { Client, SessionBatch, ViewProgress } from '../../shared/ipc/contract.ts';
import type { SessionCounts } from '../../shared/session/entry.ts';
import type { Row, RowPage } from '../../shared/session/row.ts';
import { createRowCache } from './row-cache.ts';

/** The rows that are listed: all entries, or the matches of a filter. */
export interface ViewState {
  readonly filter: RowFilter;
  /** Rows of the view. */
  readonly count: number;
  /** Entries that were looked at so far, of `total`. */
  readonly scanned: number;
  readonly total: number;
  /** The filter was changed and main has not answered yet; the rows are still the ones before. */
  readonly pending: boolean;
  /** Why the filter could not be used, in a sentence. */
  readonly error: string | null;
}

export interface SessionMirror {
  readonly sessionId: string;
  readonly counts: SessionCounts;
  /** Arrival of the newest byte or entry, session clock. */
  readonly lastAtMs: number;
  /** null: this session is not connected and was not since the window opened. */
  readonly status: ConnectionStatus | null;
  readonly view: ViewState;
  /** Rises whenever the rows of the view are other ones; positions in it are void then. */
  readonly viewNumber: number;
  /** Why rows could not be read, in a sentence. */
  readonly error: string | null;
  rowAt(index: number): Row | undefined;
  setFilter(filter: RowFilter): void;
  /** The filter looks no further; what was found stays. */
  stopFilter(): void;
  /** The row of the view that shows this entry, or the nearest after it. */
  rowOfEntry(seq: number): Promise<number>;
  onChange(listener: () => void): () => void;
  dispose(): void;
}

export const NO_FILTER: RowFilter = { hiddenKinds: [], text: '' };

const NO_COUNTS: SessionCounts = { entries: 0, events: 0, comments: 0, attempts: 0, bodyBytes: 0 };

export function createSessionMirror(
  client: Client,
  sessionId: string,
  initial: SessionCounts = NO_COUNTS,
): SessionMirror {
  let counts = initial;
  let lastAtMs = 0;
  let status: ConnectionStatus | null = null;
  let filter = NO_FILTER;
  /** null: all entries. */
  let shown: ViewProgress | null = null;
  /** The latest request to open a view that main has not answered yet. */
  let opening: RowFilter | null = null;
  /** Progress of the view being opened that overtook the answer. */
  let early: ViewProgress | null = null;
  let tail: RowPage | null = null;
  let viewNumber = 0;
  let viewError: string | null = null;
  let readError: string | null = null;
  let disposed = false;
  const listeners = new Set<() => void>();

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const cache = createRowCache({
    fetchRows: (from, count) =>
      client.call('session:rows', { sessionId, viewId: shown?.viewId ?? null, from, count }),
    onArrive() {
      readError = null;
      changed();
    },
    onError(error) {
      readError = messageOf(error);
      changed();
    },
  });

  function apply(batch: SessionBatch): void {
    counts = batch.counts;
    lastAtMs = batch.lastAtMs;
    tail = batch.tail;
    if (!shown) cache.setTail(tail);
    cache.forgive();
    changed();
  }

  function show(next: ViewProgress | null): void {
    if (shown && shown.viewId !== next?.viewId) quietly(client.call('view:close', { viewId: shown.viewId }));
    shown = next;
    opening = null;
    early = null;
    viewNumber += 1;
    cache.reset();
    if (!shown) cache.setTail(tail);
    changed();
  }

  async function open(next: RowFilter): Promise<void> {
    try {
      const progress = await client.call('view:open', { sessionId, filter: next });
      if (disposed || opening !== next) {
        quietly(client.call('view:close', { viewId: progress.viewId }));
        return;
      }
      show(early?.viewId === progress.viewId && early.scanned > progress.scanned ? early : progress);
    } catch (error) {
      if (disposed || opening !== next) return;
      opening = null;
      viewError = messageOf(error);
      changed();
    }
  }

  const subscriptions = [
    client.on('session:batch', (batch) => {
      if (batch.sessionId !== sessionId) return;
      apply(batch);
      quietly(client.call('feed:ack', { sessionId, batch: batch.batch }));
    }),
    client.on('session:status', (message) => {
      if (message.sessionId !== sessionId) return;
      status = message.status;
      changed();
    }),
    client.on('annotations:changed', (message) => {
      if (message.sessionId === sessionId) lookAgain();
    }),
    client.on('view:progress', (progress) => {
      if (progress.viewId === shown?.viewId) {
        shown = progress;
        cache.forgive();
        changed();
      } else if (opening) early = progress;
    }),
  ];

  /** A filter that asks for bookmarks or notes looks again when they change. */
  function lookAgain(): void {
    const parsed = parseQuery(filter.text);
    const asks = (term: Term): boolean =>
      term.op === 'bookmarked' || (term.op === 'text' && term.field === 'note');
    if (!parsed.ok || !someTerm(parsed.query, asks)) return;
    opening = { ...filter };
    early = null;
    void open(opening);
  }

  async function start(): Promise<void> {
    try {
      const statuses = client.call('connection:status-all');
      const batch = await client.call('feed:watch', { sessionId });
      if (disposed) return;
      if (batch.counts.entries >= counts.entries) apply(batch);
      const found = (await statuses).find((message) => message.sessionId === sessionId);
      if (disposed || status || !found) return;
      status = found.status;
      changed();
    } catch (error) {
      if (disposed) return;
      readError = messageOf(error);
      changed();
    }
  }
  void start();

  return {
    sessionId,
    get counts() {
      return counts;
    },
    get lastAtMs() {
      return lastAtMs;
    },
    get status() {
      return status;
    },
    get viewNumber() {
      return viewNumber;
    },
    get error() {
      return readError;
    },
    get view() {
      const total = counts.entries;
      return {
        filter,
        count: shown ? shown.count : total,
        scanned: shown ? shown.scanned : total,
        total,
        pending: opening !== null,
        error: viewError ?? shown?.failure ?? null,
      };
    },
    rowAt: (index) => cache.rowAt(index),
    setFilter(next) {
      if (next.text === filter.text && sameKinds(next, filter) && !viewError) return;
      filter = next;
      viewError = null;
      if (next.text.trim() === '' && next.hiddenKinds.length === 0) {
        show(null);
        return;
      }
      opening = next;
      early = null;
      changed();
      void open(next);
    },
    stopFilter() {
      if (shown) quietly(client.call('view:stop', { viewId: shown.viewId }));
    },
    rowOfEntry: (seq) =>
      shown
        ? client.call('session:row-of-entry', { sessionId, viewId: shown.viewId, seq })
        : Promise.resolve(Math.max(0, Math.min(seq, counts.entries - 1))),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      disposed = true;
      for (const end of subscriptions) end();
      listeners.clear();
      if (shown) quietly(client.call('view:close', { viewId: shown.viewId }));
      quietly(client.call('feed:unwatch', { sessionId }));
      cache.reset();
    },
  };
}

function sameKinds(a: RowFilter, b: RowFilter): boolean {
  return (
    a.hiddenKinds.length === b.hiddenKinds.length && a.hiddenKinds.every((k) => b.hiddenKinds.includes(k))
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** For messages to main that need no answer: the session may be gone, and then there is nothing left to tell it. */
function quietly(answer: Promise<unknown>): void {
  answer.catch(() => undefined);
}
