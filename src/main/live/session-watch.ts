/** Whoever looks at a session while it is recorded, and may add to its journal. */
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { JournalEntry } from '../../shared/session/entry.ts';
import type { SessionReader } from '../../shared/session/log.ts';

export interface WatchedSession {
  readonly reader: SessionReader;
  readonly name: string;
  readonly endpointId: string | null;
  /** With its variables filled in. */
  readonly request: RequestSpec;
  /** Adds an entry, with secrets taken out; `atMs` on the session's clock. */
  readonly append: (entry: JournalEntry, atMs: number) => void;
}

/**
 * Called when the connection begins. What it returns is called when the connection has ended and everything of it is recorded:
 * the log is closed when that has resolved. It must not reject.
 */
export type WatchSession = (session: WatchedSession) => () => Promise<void>;
