/** Follows a log while it grows: one step at a time over what is new, with a limit to how far the recording may be ahead. */
import type { SessionLog } from '../shared/session/log.ts';
import type { Follower } from './connect-and-record.ts';

export interface FollowerOptions {
  readonly log: SessionLog;
  /** Takes in what the log has now. `final`: it will have no more. */
  readonly step: (final: boolean) => Promise<void>;
  readonly onFailure: (error: Error) => void;
}

/** Body bytes that may be recorded and not yet seen. */
const MAX_LAG_BYTES = 4 * 1024 * 1024;

export function createFollower({ log, step, onFailure }: FollowerOptions): Follower {
  let seenEntries = 0;
  let seenBytes = 0;
  let broken = false;
  let running: Promise<void> | null = null;
  let waiting: (() => void)[] = [];

  const isBehind = () => !broken && log.wireBytes - seenBytes > MAX_LAG_BYTES;
  const release = () => {
    if (isBehind()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      broken = true;
      onFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      release();
    }
  };
  const go = async (): Promise<void> => {
    while (!broken && log.count > seenEntries) {
      const { count, wireBytes } = log;
      await step(false);
      seenEntries = count;
      seenBytes = wireBytes;
      release();
    }
  };
  const start = (): Promise<void> => {
    running ??= guarded(go).finally(() => (running = null));
    return running;
  };
  const unwatch = log.onAppend(() => void start());
  return {
    caughtUp: () => (isBehind() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()),
    async finish() {
      unwatch();
      await running;
      if (!broken) await guarded(() => step(true));
    },
  };
}
