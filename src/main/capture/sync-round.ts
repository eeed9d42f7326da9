/**
 * Asks the storage device, about once a second, to make the written data safe from a power loss. All sessions share one
 * round and go one after another, so that many streams do not keep every worker thread waiting for the disk.
 */
export interface SyncRound {
  /** Runs `sync` in the next round. It reports its own failures. Asking twice before that is asking once. */
  request(sync: () => Promise<void>): void;
}

const ROUND_MS = 1000;

export function createSyncRound(): SyncRound {
  const requests = new Set<() => Promise<void>>();
  let timer: NodeJS.Timeout | null = null;

  function arm(delayMs: number): void {
    timer = setTimeout(() => void run(), delayMs);
    // Nobody waits for it: closing a log syncs it in any case.
    timer.unref();
  }

  async function run(): Promise<void> {
    const turn = [...requests];
    requests.clear();
    const startMs = performance.now();
    for (const sync of turn) await sync();
    timer = null;
    // A slow disk is left alone for as long as it was busy.
    if (requests.size > 0) arm(Math.max(ROUND_MS, performance.now() - startMs));
  }

  return {
    request(sync) {
      requests.add(sync);
      if (!timer) arm(ROUND_MS);
    },
  };
}
