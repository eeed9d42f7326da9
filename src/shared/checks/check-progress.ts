/** What the window is told of checks that main judges. Types only. */
import type { CheckResult } from './check.ts';
import type { SpecProblem } from './spec-node.ts';

/** Checks over a session, as far as they are. */
export interface CheckProgress {
  readonly runId: string;
  readonly results: readonly CheckResult[];
  /** Checks that cannot be read. */
  readonly problems: readonly SpecProblem[];
  /** The session has ended: nothing is pending. */
  readonly over: boolean;
  /** Why the others could not be judged, for people; null when they could. */
  readonly failure: string | null;
}
