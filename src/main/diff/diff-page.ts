/** Rows of a comparison, read from both logs when somebody looks at them. */
import { DIFF_KINDS, type SessionDiff } from '../../shared/diff/session-diff.ts';
import type { DiffPage, DiffShown } from '../../shared/diff/diff-page.ts';
import type { EventDigests } from '../../shared/diff/event-digests.ts';
import type { SessionReader } from '../../shared/session/log.ts';
import type { RowPage } from '../../shared/session/row.ts';
import type { FrameText } from '../sessions/frame-text.ts';
import { readRowsOf } from '../sessions/row-page.ts';

export interface DiffSides {
  readonly left: SessionReader;
  readonly right: SessionReader;
}

/** Rows `from` to `from + count - 1` of all rows or of the differences alone, clamped to what there is. */
export async function readDiffPage(
  diff: SessionDiff,
  { left, right }: DiffSides,
  frameText: FrameText,
  shown: DiffShown,
  from: number,
  count: number,
): Promise<DiffPage> {
  const total = shown === 'all' ? diff.rows : diff.differences.length;
  const first = Math.min(from, total);
  const rows = Array.from({ length: Math.min(count, total - first) }, (_, at) =>
    shown === 'all' ? first + at : (diff.differences[first + at] as number),
  );
  const side = async (reader: SessionReader, digests: EventDigests, members: Int32Array) => {
    const seqs = rows.map((row) => {
      const member = members[row] as number;
      return member < 0 ? -1 : (digests.seqs[member] as number);
    });
    // Rows are read in rising order, which pairs of ids need not have.
    const page = await readRowsOf(
      reader,
      frameText,
      0,
      [...new Set(seqs)].filter((seq) => seq >= 0).sort((a, b) => a - b),
    );
    return { page, places: placesIn(page, seqs) };
  };
  const [ours, theirs] = await Promise.all([
    side(left, diff.left, diff.alignment.left),
    side(right, diff.right, diff.alignment.right),
  ]);
  return {
    from: first,
    count: rows.length,
    row: Float64Array.from(rows),
    kind: Uint8Array.from(rows, (row) => DIFF_KINDS.indexOf(diff.kindAt(row))),
    left: ours.page,
    right: theirs.page,
    leftAt: ours.places,
    rightAt: theirs.places,
  };
}

function placesIn(page: RowPage, seqs: readonly number[]): Int32Array {
  const places = new Map<number, number>();
  page.seq.forEach((seq, at) => places.set(seq, at));
  return Int32Array.from(seqs, (seq) => places.get(seq) ?? -1);
}
