/** Which answers are compared side by side, and whether that is shown. Kept for the life of the window. */
import type { SessionDiffs } from './session-diff.svelte.ts';

export interface ComparedAnswer {
  readonly sessionId: string;
  /** Which answer of the session; null: its newest. */
  readonly answer: number | null;
}

export interface Compare {
  /** In the order in which they were chosen; the first is what the others are held against. Reactive. */
  readonly picked: readonly ComparedAnswer[];
  readonly shown: boolean;
  has(sessionId: string): boolean;
  /** Adds the answer unless it is there. */
  add(answer: ComparedAnswer): void;
  /** Puts another answer at this place. */
  replace(at: number, answer: ComparedAnswer): void;
  remove(at: number): void;
  /** Adds the session's newest answer, or takes all of the session's away. */
  toggle(sessionId: string): void;
  /** Shows the comparison, with this answer in it. */
  open(answer?: ComparedAnswer): void;
  /** Compares the newest answers of these sessions and nothing else. */
  readonly showOnly: (sessionIds: readonly string[]) => void;
  close(): void;
  clear(): void;
}

/** More columns than that nobody reads. */
export const MOST_COMPARED = 8;

/** @param diffs takes the same place in the window: one gives way to the other, and both to a session */
export function createCompare(diffs: Pick<SessionDiffs, 'close'>): Compare {
  let picked = $state.raw<readonly ComparedAnswer[]>([]);
  let shown = $state(false);
  const same = (a: ComparedAnswer, b: ComparedAnswer) => a.sessionId === b.sessionId && a.answer === b.answer;
  const compare: Compare = {
    get picked() {
      return picked;
    },
    get shown() {
      return shown;
    },
    has: (sessionId) => picked.some((one) => one.sessionId === sessionId),
    add(answer) {
      if (picked.length < MOST_COMPARED && !picked.some((one) => same(one, answer)))
        picked = [...picked, answer];
    },
    replace(at, answer) {
      picked = picked.map((one, index) => (index === at ? answer : one));
    },
    remove(at) {
      picked = picked.filter((_, index) => index !== at);
    },
    toggle(sessionId) {
      if (compare.has(sessionId)) picked = picked.filter((one) => one.sessionId !== sessionId);
      else compare.add({ sessionId, answer: null });
    },
    open(answer) {
      if (answer) compare.add(answer);
      diffs.close();
      shown = true;
    },
    showOnly(sessionIds) {
      picked = [];
      for (const sessionId of sessionIds) compare.add({ sessionId, answer: null });
      shown = true;
    },
    close() {
      diffs.close();
      shown = false;
    },
    clear() {
      picked = [];
    },
  };
  return compare;
}
