/**
 * Which members of two sequences are the same, without crossing: common beginnings and ends first, then members that are unique
 * in both (patience diff), and where there are none, the longest common subsequence while that is affordable.
 */
import { increasingIndexes } from './increasing.ts';

/** Above this many pairs of members a stretch without unique ones is left unmatched: exactness is not worth a stopped program. */
const MAX_CELLS = 4_000_000;

interface Stretch {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** By index in `a`: the index in `b` that it matches, or -1. Matches rise. NaN matches nothing. */
export function sequenceMatch(a: Float64Array, b: Float64Array): Int32Array {
  const match = new Int32Array(a.length).fill(-1);
  const open: Stretch[] = [{ fromA: 0, toA: a.length, fromB: 0, toB: b.length }];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const rest = trimmed(a, b, stretch, match);
    if (rest.fromA === rest.toA || rest.fromB === rest.toB) continue;
    const anchors = uniquePairs(a, b, rest);
    if (anchors.length === 0) {
      commonSubsequence(a, b, rest, match);
      continue;
    }
    let { fromA, fromB } = rest;
    for (const [atA, atB] of anchors) {
      match[atA] = atB;
      open.push({ fromA, toA: atA, fromB, toB: atB });
      fromA = atA + 1;
      fromB = atB + 1;
    }
    open.push({ fromA, toA: rest.toA, fromB, toB: rest.toB });
  }
  return match;
}

/** Matches the common beginning and end; what is left between them. */
function trimmed(a: Float64Array, b: Float64Array, stretch: Stretch, match: Int32Array): Stretch {
  let { fromA, toA, fromB, toB } = stretch;
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) match[fromA++] = fromB++;
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) match[--toA] = --toB;
  return { fromA, toA, fromB, toB };
}

/** Members that stand once in both stretches, as pairs that rise in both. */
function uniquePairs(
  a: Float64Array,
  b: Float64Array,
  { fromA, toA, fromB, toB }: Stretch,
): (readonly [number, number])[] {
  /** Where a value stands; -1 when it does more than once. */
  const places = (of: Float64Array, from: number, to: number): Map<number, number> => {
    const found = new Map<number, number>();
    for (let at = from; at < to; at += 1) {
      const value = of[at] as number;
      if (!Number.isNaN(value)) found.set(value, found.has(value) ? -1 : at);
    }
    return found;
  };
  const inB = places(b, fromB, toB);
  const pairs: (readonly [number, number])[] = [];
  for (const [value, atA] of places(a, fromA, toA)) {
    const atB = inB.get(value) ?? -1;
    if (atA >= 0 && atB >= 0) pairs.push([atA, atB]);
  }
  return increasingIndexes(pairs.map(([, atB]) => atB)).map((at) => pairs[at] as readonly [number, number]);
}

function commonSubsequence(
  a: Float64Array,
  b: Float64Array,
  { fromA, toA, fromB, toB }: Stretch,
  match: Int32Array,
): void {
  const rows = toA - fromA;
  const width = toB - fromB + 1;
  if (rows * width > MAX_CELLS) return;
  /** Length of the longest common subsequence of what follows. */
  const common = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] as number;
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = width - 2; column >= 0; column -= 1)
      common[row * width + column] =
        a[fromA + row] === b[fromB + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  let row = 0;
  let column = 0;
  while (row < rows && column < width - 1) {
    if (a[fromA + row] === b[fromB + column]) match[fromA + row++] = fromB + column++;
    else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
}
