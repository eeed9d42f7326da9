/**
 * Sessions that are open for reading, live or ended. Opening one costs a look through its folder, so the ones that were read last
 * stay open for a while. Whoever reads holds the session for that long; nothing is closed under a reader except by `forget`.
 */
import type { CaptureStore } from '../../shared/session/capture-store.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import { createTimelineQuery, type TimelineQuery } from '../sessions/timeline-query.ts';

/** Sessions that stay open although nobody reads them. */
const MAX_IDLE = 4;

export interface OpenSession {
  readonly reader: SessionReader;
  readonly timeline: TimelineQuery;
}

export interface HeldSession extends OpenSession {
  /** To be called once. */
  readonly release: () => void;
}

export interface OpenSessions {
  /** Runs `work` on the session and returns its result. */
  use<T>(sessionId: string, work: (session: OpenSession) => T | Promise<T>): Promise<T>;
  /** For readers that go on reading. */
  hold(sessionId: string): Promise<HeldSession>;
  /** Closes it although somebody may hold it, because it is going to be removed. */
  forget(sessionId: string): Promise<void>;
  /** Closes all that are open. */
  close(): Promise<void>;
}

interface Entry {
  readonly opening: Promise<OpenSession>;
  /** Counted when they ask, not when it is open, so that nobody closes it in between. */
  holders: number;
}

export function createOpenSessions(
  store: Pick<CaptureStore, 'open' | 'release'>,
  onFault: (what: string, error: unknown) => void,
): OpenSessions {
  /** Least recently used first. */
  const entries = new Map<string, Entry>();

  async function open(sessionId: string): Promise<OpenSession> {
    const reader = await store.open(sessionId);
    return { reader, timeline: createTimelineQuery(reader) };
  }

  async function hold(sessionId: string): Promise<HeldSession> {
    const entry = entries.get(sessionId) ?? { opening: open(sessionId), holders: 0 };
    entries.delete(sessionId);
    entries.set(sessionId, entry);
    entry.holders += 1;
    try {
      const session = await entry.opening;
      return { ...session, release: () => letGo(entry) };
    } catch (error) {
      if (entries.get(sessionId) === entry) entries.delete(sessionId);
      throw error;
    }
  }

  function letGo(entry: Entry): void {
    entry.holders -= 1;
    const idle = [...entries].filter(([, { holders }]) => holders === 0);
    for (const [sessionId] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE)))
      forget(sessionId).catch((error: unknown) => onFault(`closing the session ${sessionId}`, error));
  }

  async function forget(sessionId: string): Promise<void> {
    const entry = entries.get(sessionId);
    if (!entry) return;
    entries.delete(sessionId);
    // One that could not be opened has nothing to close.
    const opened = await entry.opening.then(
      () => true,
      () => false,
    );
    if (opened) await store.release(sessionId);
  }

  return {
    async use(sessionId, work) {
      const session = await hold(sessionId);
      try {
        return await work(session);
      } finally {
        session.release();
      }
    },
    hold,
    forget,
    close: async () => void (await Promise.all([...entries.keys()].map(forget))),
  };
}
