/**
 * Saves the latest of many values a moment after the first change, one write after another, so that changes that follow each
 * other quickly become one write.
 */

/** How long a change may wait for the next one. */
export const SAVE_DELAY_MS = 200;

export interface LatestSaver<T> {
  /** Keeps `value` as the latest; it is written `SAVE_DELAY_MS` later. */
  save(value: T): void;
  /** Resolves when the latest value is written. Rejects when it could not be. */
  readonly flush: () => Promise<void>;
}

/** `onError` hears of a write that failed; the value stays and the next save or flush tries again. */
export function createLatestSaver<T>(
  write: (value: T) => Promise<void>,
  onError: (error: Error) => void,
): LatestSaver<T> {
  let latest: { readonly value: T } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function writeLatest(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const pending = latest;
    if (!pending) return;
    await write(pending.value);
    if (latest === pending) latest = null;
  }

  function flush(): Promise<void> {
    const turn = writing.then(writeLatest);
    writing = turn.catch(() => undefined);
    return turn;
  }

  return {
    save(value) {
      latest = { value };
      timer ??= setTimeout(() => void flush().catch(onError), SAVE_DELAY_MS);
    },
    flush,
  };
}
