/** Keeps alerts rare: one of a rule every ten seconds; what comes in between is counted and told with the next. */
import type { AlertEntry } from '../session/entry.ts';

export type AlertRule = AlertEntry['rule'];

/** Something happened that the user asked to be told of. */
export interface Raised {
  readonly rule: AlertRule;
  readonly attempt: number;
  readonly message: string;
}

/** What is to be told: the first of its rule, and how many there were. */
export interface Told extends Raised {
  readonly count: number;
}

export interface AlertGate {
  raise(raised: Raised): void;
  /** What may be told now, in the order in which it happened first. */
  due(nowMs: number): readonly Told[];
  /** Everything that was not told, however long ago the last was: for the log, at the end. */
  rest(): readonly Told[];
}

export const ALERT_PAUSE_MS = 10_000;

export function createAlertGate(pauseMs = ALERT_PAUSE_MS): AlertGate {
  const waiting = new Map<AlertRule, Told>();
  const toldAtMs = new Map<AlertRule, number>();

  function take(passes: (rule: AlertRule) => boolean): readonly Told[] {
    const taken = [...waiting.values()].filter(({ rule }) => passes(rule));
    for (const { rule } of taken) waiting.delete(rule);
    return taken;
  }

  return {
    raise(raised) {
      const before = waiting.get(raised.rule);
      waiting.set(raised.rule, before ? { ...before, count: before.count + 1 } : { ...raised, count: 1 });
    },
    due(nowMs) {
      const taken = take((rule) => nowMs - (toldAtMs.get(rule) ?? -Infinity) >= pauseMs);
      for (const { rule } of taken) toldAtMs.set(rule, nowMs);
      return taken;
    },
    rest: () => take(() => true),
  };
}
