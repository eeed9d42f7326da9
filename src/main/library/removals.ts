/** Sessions removed and brought back together, so that hundreds are one act with one undo. */
import type { RemovedSessions } from '../../shared/ipc/library-contract.ts';

export interface RemovalsDeps {
  readonly remove: (sessionId: string) => Promise<void>;
  readonly restore: (sessionId: string) => Promise<void>;
}

export interface Removals {
  /** What cannot be removed stays and is told; the others go all the same. */
  remove(sessionIds: readonly string[]): Promise<RemovedSessions>;
  restore(sessionIds: readonly string[]): Promise<RemovedSessions>;
}

export function createRemovals({ remove, restore }: RemovalsDeps): Removals {
  /** One after the other: a rename each is quick, and a folder in which hundreds move at once is not. */
  async function each(
    sessionIds: readonly string[],
    act: (sessionId: string) => Promise<void>,
  ): Promise<RemovedSessions> {
    const done: string[] = [];
    const refused: { sessionId: string; why: string }[] = [];
    for (const sessionId of sessionIds) {
      try {
        await act(sessionId);
        done.push(sessionId);
      } catch (error) {
        refused.push({ sessionId, why: error instanceof Error ? error.message : String(error) });
      }
    }
    return { done, refused };
  }
  return {
    remove: (sessionIds) => each(sessionIds, remove),
    restore: (sessionIds) => each(sessionIds, restore),
  };
}
