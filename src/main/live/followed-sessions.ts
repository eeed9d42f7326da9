/** Sessions that somebody else records while the app runs, such as those of a tap: what lists and the window must know of them. */
import type { ConnectionStatus } from '../../shared/connection/types.ts';
import type { SessionStatus } from '../../shared/ipc/contract.ts';
import type { SessionLog } from '../../shared/session/log.ts';

export interface FollowedSession {
  readonly log: SessionLog;
  readonly startedAtMs: number;
  /** As it is now. */
  readonly status: () => ConnectionStatus;
  readonly stop: () => void;
  /** Resolves when it is in its files. */
  readonly ended: Promise<void>;
}

export interface FollowedSessions {
  get(sessionId: string): FollowedSession | undefined;
  follow(session: FollowedSession): void;
  statusAll(): readonly SessionStatus[];
}

export function createFollowedSessions(): FollowedSessions {
  const followed = new Map<string, FollowedSession>();
  return {
    get: (sessionId) => followed.get(sessionId),
    follow(session) {
      const { sessionId } = session.log;
      followed.set(sessionId, session);
      void session.ended.then(() => followed.delete(sessionId));
    },
    statusAll: () => [...followed].map(([sessionId, { status }]) => ({ sessionId, status: status() })),
  };
}
