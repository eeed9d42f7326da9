/** What crosses between the window and main about the library. */

/** What became of sessions that were removed or brought back together. */
export interface RemovedSessions {
  readonly done: readonly string[];
  readonly refused: readonly { readonly sessionId: string; readonly why: string }[];
}

/** A file on its way to become a session, and what became of it. */
export interface OpeningProgress {
  readonly jobId: string;
  /** Of the file. */
  readonly name: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  /** Bytes. */
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
  /** When it is done. */
  readonly sessionId: string | null;
  /** What was repaired or left out, or why it failed; sentences. */
  readonly messages: readonly string[];
}
