/**
 * The clock of one client: it can be held, let go and moved on by one step. Waiting is against the clock itself, so that what
 * one timer is late is not added to the next.
 */

export interface ClientClock {
  /** Milliseconds since the start, without the time it was held. */
  elapsedMs(): number;
  /** Resolves when the clock is there, or is moved there; rejects when the signal says so. */
  until(dueMs: number, signal: AbortSignal): Promise<void>;
  /** Reads 0 again. */
  restart(): void;
  hold(): void;
  letGo(): void;
  /** Held: what is waited for next is due now. */
  step(): void;
  readonly isHeld: boolean;
  /** Somebody waits, and the clock is held. */
  readonly waitsForStep: boolean;
}

/** Timers count in whole milliseconds. */
const CLOSE_ENOUGH_MS = 0.5;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createClientClock(nowMs: () => number, isHeldAtFirst = false): ClientClock {
  let base = 0;
  /** When it was let go; null: held. */
  let since: number | null = isHeldAtFirst ? null : nowMs();
  let steps = 0;
  let wake: (() => void) | null = null;

  const elapsedMs = (): number => base + (since === null ? 0 : nowMs() - since);
  const changed = (): void => wake?.();

  /** Resolves after the time, or when something about the clock changed. */
  function pause(ms: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = ms === null ? null : setTimeout(done, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
      function done(): void {
        finish();
        resolve();
      }
      function aborted(): void {
        finish();
        reject(gone());
      }
      function finish(): void {
        if (timer !== null) clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        wake = null;
      }
      wake = done;
      signal.addEventListener('abort', aborted, { once: true });
    });
  }

  return {
    elapsedMs,
    get isHeld() {
      return since === null;
    },
    get waitsForStep() {
      return since === null && wake !== null;
    },
    async until(dueMs, signal) {
      for (;;) {
        if (signal.aborted) throw gone();
        if (since === null) {
          if (steps > 0) {
            steps -= 1;
            base = Math.max(base, dueMs);
            return;
          }
          await pause(null, signal);
        } else {
          const leftMs = dueMs - elapsedMs();
          if (leftMs <= CLOSE_ENOUGH_MS) return;
          await pause(Math.floor(leftMs), signal);
        }
      }
    },
    restart() {
      base = 0;
      if (since !== null) since = nowMs();
    },
    hold() {
      base = elapsedMs();
      since = null;
      changed();
    },
    letGo() {
      since ??= nowMs();
      steps = 0;
      changed();
    },
    step() {
      if (since !== null) return;
      steps += 1;
      changed();
    },
  };
}

function gone(): Error {
  return new Error('Nobody waits for this any more');
}
