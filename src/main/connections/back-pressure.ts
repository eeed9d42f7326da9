/**
 * Lets a log that falls behind slow the socket: reading pauses once enough bytes are under way that the log has not said it can
 * take more. So a slow disk becomes TCP back-pressure and not memory.
 */

export interface BackPressure {
  readonly paused: boolean;
  /** Bytes went to the log. */
  took(bytes: number): void;
  /** Another request begins, on a socket that is not paused. */
  begin(): void;
}

export interface BackPressureDeps {
  /** Resolves when the log can take more. */
  readonly drained: () => Promise<void>;
  readonly pause: () => void;
  readonly resume: () => void;
  /** The log has caught up. */
  readonly onDrained: () => void;
  readonly onError: (error: unknown) => void;
}

/** Bytes that may be under way to a log that has not said it can take more. */
const BACKLOG_BYTES = 256 * 1024;
/** The log is asked whether it can take more at the first read and after so many bytes, and not after each of many small reads. */
const ASK_BYTES = 64 * 1024;

export function createBackPressure(deps: BackPressureDeps): BackPressure {
  let backlogBytes = 0;
  let draining = false;
  let asked = false;
  let paused = false;

  return {
    get paused() {
      return paused;
    },
    begin() {
      backlogBytes = 0;
      paused = false;
      asked = false;
    },
    took(bytes) {
      backlogBytes += bytes;
      if (!draining && (!asked || backlogBytes >= ASK_BYTES)) {
        asked = true;
        draining = true;
        deps.drained().then(() => {
          draining = false;
          backlogBytes = 0;
          if (paused) deps.resume();
          paused = false;
          deps.onDrained();
        }, deps.onError);
      }
      if (draining && !paused && backlogBytes >= BACKLOG_BYTES) {
        paused = true;
        deps.pause();
      }
    },
  };
}
