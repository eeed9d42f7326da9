/** Faults that wait for a number of bytes or for a time, and for no event: each happens once in an answer. */
import { createConditions } from './conditions.ts';
import { STREAM_KINDS, waitsForEvent, type FaultPlan } from './fault.ts';

export interface Positions {
  /** The next one that is due: at a time up to `dueMs`, or at a number of bytes up to `sentBytes`. It is taken out. */
  take(sentBytes: number, dueMs: number): { readonly fault: number; readonly atMs: number | null } | null;
  /** The next number of bytes, above `sentBytes`, at which one waits; Infinity: none. */
  nextBytes(sentBytes: number): number;
}

interface Waiting {
  readonly fault: number;
  readonly afterBytes: number;
  readonly afterMs: number;
}

export function createPositions(plan: FaultPlan, attempt: number): Positions {
  let waiting: Waiting[] = plan.faults.flatMap(({ action, when }, fault) => {
    if (!STREAM_KINDS.has(action.kind) || waitsForEvent(when)) return [];
    if (!createConditions(plan, fault, attempt).mayHappen()) return [];
    return [{ fault, afterBytes: when.afterBytes ?? 0, afterMs: when.afterMs ?? 0 }];
  });
  return {
    take(sentBytes, dueMs) {
      const due = waiting
        .filter(({ afterBytes, afterMs }) => afterBytes <= sentBytes && afterMs <= dueMs)
        .sort((one, other) => one.afterMs - other.afterMs)[0];
      if (!due) return null;
      waiting = waiting.filter((one) => one !== due);
      return { fault: due.fault, atMs: due.afterMs > 0 && due.afterBytes === 0 ? due.afterMs : null };
    },
    nextBytes: (sentBytes) =>
      waiting.reduce(
        (next, { afterBytes }) => (afterBytes > sentBytes ? Math.min(next, afterBytes) : next),
        Infinity,
      ),
  };
}
