/** The clock and the timer of this process, as the ports that everything else takes them by. */
import type { Clock } from '../shared/base/clock.ts';
import type { TickTimer } from './ipc/tail-watch.ts';

export const clock: Clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };

export const tickTimer: TickTimer = {
  nowMs: clock.nowMs,
  after(delayMs, run) {
    const timeout = setTimeout(run, delayMs);
    return () => clearTimeout(timeout);
  },
};
