/** The comparison of two sessions: aligned rows, what each of them is, and how many there are of each kind. */
import { alignEvents, type AlignBy, type Alignment } from './align-events.ts';
import type { EventDigests } from './event-digests.ts';

/** `same` and `changed` stand in both sessions; `left` and `right` in one. The order is part of the messages to the window. */
export const DIFF_KINDS = ['same', 'changed', 'left', 'right'] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

export type DiffCounts = Readonly<Record<DiffKind, number>>;

export interface SessionDiff {
  readonly rows: number;
  readonly counts: DiffCounts;
  readonly left: EventDigests;
  readonly right: EventDigests;
  readonly alignment: Alignment;
  /** Rows that are not `same`, in order. */
  readonly differences: Uint32Array;
  kindAt(row: number): DiffKind;
}

export function diffSessions(left: EventDigests, right: EventDigests, by: AlignBy): SessionDiff {
  const alignment = alignEvents(left, right, by);
  const counts = { same: 0, changed: 0, left: 0, right: 0 };
  const kindAt = (row: number): DiffKind => {
    const ours = alignment.left[row] ?? -1;
    const theirs = alignment.right[row] ?? -1;
    if (theirs < 0) return 'left';
    if (ours < 0) return 'right';
    return left.contents[ours] === right.contents[theirs] ? 'same' : 'changed';
  };
  for (let row = 0; row < alignment.count; row += 1) counts[kindAt(row)] += 1;
  const differences = new Uint32Array(alignment.count - counts.same);
  for (let row = 0, at = 0; row < alignment.count; row += 1)
    if (kindAt(row) !== 'same') differences[at++] = row;
  return { rows: alignment.count, counts, left, right, alignment, differences, kindAt };
}
