/** Two sessions, event beside event: which belong together by their ids, their positions or what they say. */
import { assertNever } from '../base/assert.ts';
import type { EventDigests } from './event-digests.ts';
import { increasingIndexes } from './increasing.ts';
import { sequenceMatch } from './sequence-match.ts';

/**
 * What makes events of two sessions belong together. `id`: the same id field; what has none goes by its content between those.
 * `position`: the same number. `content`: the same type and data; what is left between equal ones is paired in
 * order where the types agree.
 */
export type AlignBy = 'id' | 'position' | 'content';

export const ALIGN_BY: readonly AlignBy[] = ['id', 'position', 'content'];

/** Rows in order. Members are indexes into the digests; -1: the session has none there. */
export interface Alignment {
  readonly count: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
}

export function alignEvents(left: EventDigests, right: EventDigests, by: AlignBy): Alignment {
  return inRows(left.count, right.count, matchOf(left, right, by));
}

/** By left index: the right index, or -1. */
function matchOf(left: EventDigests, right: EventDigests, by: AlignBy): Int32Array {
  switch (by) {
    case 'position':
      return Int32Array.from({ length: left.count }, (_, at) => (at < right.count ? at : -1));
    case 'content':
      return pairLeftovers(left, right, sequenceMatch(left.contents, right.contents));
    case 'id': {
      const byId = matchIds(left, right);
      return betweenAnchors(left, right, byId);
    }
    default:
      return assertNever(by);
  }
}

/** The n-th event with an id goes with the n-th that has the same. */
function matchIds(left: EventDigests, right: EventDigests): Int32Array {
  const waiting = new Map<number, number[]>();
  for (let at = right.count - 1; at >= 0; at -= 1) {
    const id = right.ids[at] as number;
    if (Number.isNaN(id)) continue;
    const places = waiting.get(id);
    if (places) places.push(at);
    else waiting.set(id, [at]);
  }
  const match = new Int32Array(left.count).fill(-1);
  for (let at = 0; at < left.count; at += 1) match[at] = waiting.get(left.ids[at] as number)?.pop() ?? -1;
  return match;
}

/** Events without an id, by content between the pairs of ids that stand in the same order in both. */
function betweenAnchors(left: EventDigests, right: EventDigests, match: Int32Array): Int32Array {
  const matched: number[] = [];
  for (let at = 0; at < match.length; at += 1) if (match[at] !== -1) matched.push(at);
  const anchors = increasingIndexes(matched.map((at) => match[at] as number)).map(
    (at) => matched[at] as number,
  );
  const anonymous = (of: EventDigests, from: number, to: number): number[] => {
    const found: number[] = [];
    for (let at = from; at < to; at += 1) if (Number.isNaN(of.ids[at])) found.push(at);
    return found;
  };
  let fromLeft = 0;
  let fromRight = 0;
  for (const anchor of [...anchors, left.count]) {
    const toRight = anchor === left.count ? right.count : (match[anchor] as number);
    const ours = anonymous(left, fromLeft, anchor);
    const theirs = anonymous(right, fromRight, toRight);
    const inside = pairLeftovers(
      part(left, ours),
      part(right, theirs),
      sequenceMatch(pick(left.contents, ours), pick(right.contents, theirs)),
    );
    ours.forEach((at, index) => (match[at] = theirs[inside[index] ?? -1] ?? -1));
    fromLeft = anchor + 1;
    fromRight = toRight + 1;
  }
  return match;
}

const pick = (from: Float64Array, places: readonly number[]): Float64Array =>
  Float64Array.from(places, (at) => from[at] as number);

const part = (of: EventDigests, places: readonly number[]): Pick<EventDigests, 'count' | 'types'> => ({
  count: places.length,
  types: pick(of.types, places),
});

/** Between two matches, what is left on both sides is paired in order where the types agree. */
function pairLeftovers(
  left: Pick<EventDigests, 'count' | 'types'>,
  right: Pick<EventDigests, 'count' | 'types'>,
  match: Int32Array,
): Int32Array {
  const paired = match.slice();
  let from = 0;
  let other = 0;
  while (from < left.count) {
    let stop = from;
    while (stop < left.count && match[stop] === -1) stop += 1;
    const otherStop = stop < left.count ? (match[stop] as number) : right.count;
    const pairs = sequenceMatch(left.types.subarray(from, stop), right.types.subarray(other, otherStop));
    for (const [at, theirs] of pairs.entries()) if (theirs >= 0) paired[from + at] = other + theirs;
    from = stop + 1;
    other = otherStop + 1;
  }
  return paired;
}

/** In the order of the left session; what only the right one has comes before the next pair. */
function inRows(leftCount: number, rightCount: number, match: Int32Array): Alignment {
  const taken = new Uint8Array(rightCount);
  for (const at of match) if (at >= 0) taken[at] = 1;
  const alone = rightCount - taken.reduce((sum, is) => sum + is, 0);
  const count = leftCount + alone;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  let row = 0;
  let next = 0;
  const put = (ours: number, theirs: number): void => {
    left[row] = ours;
    right[row] = theirs;
    row += 1;
  };
  const flush = (before: number): void => {
    for (; next < before; next += 1) if (!taken[next]) put(-1, next);
  };
  for (let at = 0; at < leftCount; at += 1) {
    const theirs = match[at] as number;
    if (theirs > next) flush(theirs);
    put(at, theirs);
  }
  flush(rightCount);
  return { count, left, right };
}
