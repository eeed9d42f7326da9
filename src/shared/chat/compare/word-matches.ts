/**
 * Which words of two texts are the same ones, in order. Words that occur once in both are the anchors (patience), what lies between
 * is matched exactly where it is small. An own hundred lines and no library: those at hand take time with the square of two answers
 * that have little in common, which is what two answers usually have, and a stream asks again as it grows.
 */

export interface Word {
  /** As it stands in the text, with the blanks behind it. */
  readonly text: string;
  /** What is compared. */
  readonly key: string;
}

/** A word, or a character that is part of none, with the blanks after it; blanks at the beginning stand alone. */
const WORD = /(?:[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_])\s*|^\s+/gu;

export function wordsOf(text: string): Word[] {
  return (text.match(WORD) ?? []).map((one) => ({ text: one, key: one.trim() }));
}

/** Above this many pairs of words a stretch without anchors counts as wholly different. */
const MOST_PAIRS = 400_000;
/** Anchors between anchors, and so on; deeper than that nothing is won. */
const MOST_ROUNDS = 6;

interface Stretch {
  readonly a: readonly [from: number, to: number];
  readonly b: readonly [from: number, to: number];
  readonly round: number;
}

/** `result[i]` is the word of `b` that word i of `a` is; -1 where it is none. Rises where it is not -1. */
export function wordMatches(a: readonly Word[], b: readonly Word[]): Int32Array {
  const matches = new Int32Array(a.length).fill(-1);
  const open: Stretch[] = [{ a: [0, a.length], b: [0, b.length], round: 0 }];
  const sameAt = (at: number, bt: number): boolean => a[at]?.key === b[bt]?.key;
  for (let next = open.pop(); next; next = open.pop()) {
    let [aFrom, aTo] = next.a;
    let [bFrom, bTo] = next.b;
    while (aFrom < aTo && bFrom < bTo && sameAt(aFrom, bFrom)) matches[aFrom++] = bFrom++;
    while (aFrom < aTo && bFrom < bTo && sameAt(aTo - 1, bTo - 1)) matches[--aTo] = --bTo;
    if (aFrom === aTo || bFrom === bTo) continue;
    if ((aTo - aFrom) * (bTo - bFrom) <= MOST_PAIRS) {
      matchExactly(a, b, { a: [aFrom, aTo], b: [bFrom, bTo], round: 0 }, matches);
      continue;
    }
    if (next.round === MOST_ROUNDS) continue;
    let [aLast, bLast] = [aFrom, bFrom];
    for (const [at, bt] of [...anchors(a, b, [aFrom, aTo], [bFrom, bTo]), [aTo, bTo] as const]) {
      if (at < aTo) matches[at] = bt;
      // Without an anchor this is the same stretch again, and the rounds end it.
      open.push({ a: [aLast, at], b: [bLast, bt], round: next.round + 1 });
      [aLast, bLast] = [at + 1, bt + 1];
    }
  }
  return matches;
}

/** Words that occur once in both, those of them that are in the same order. */
function anchors(
  a: readonly Word[],
  b: readonly Word[],
  [aFrom, aTo]: readonly [number, number],
  [bFrom, bTo]: readonly [number, number],
): (readonly [number, number])[] {
  const inB = placesOf(b, bFrom, bTo);
  const pairs: (readonly [number, number])[] = [];
  for (const [key, at] of placesOf(a, aFrom, aTo)) {
    const bt = inB.get(key);
    if (at !== -1 && bt !== undefined && bt !== -1) pairs.push([at, bt]);
  }
  return longestRising(pairs.sort((x, y) => x[0] - y[0]));
}

/** Where each word stands; -1 when it stands there more than once. */
function placesOf(words: readonly Word[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = from; at < to; at += 1) {
    const key = words[at]?.key ?? '';
    places.set(key, places.has(key) ? -1 : at);
  }
  return places;
}

/** The longest run of pairs whose second number rises as well. */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  /** By length less one: the pair that a run of this length ends with at the smallest second number. */
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, bt], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < bt) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const run: (readonly [number, number])[] = [];
  for (let index = ends.at(-1) ?? -1; index !== -1; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

/** The longest common subsequence of a stretch, written into `matches`. */
function matchExactly(a: readonly Word[], b: readonly Word[], stretch: Stretch, matches: Int32Array): void {
  const [aFrom, aTo] = stretch.a;
  const [bFrom, bTo] = stretch.b;
  const width = bTo - bFrom + 1;
  const common = new Uint32Array((aTo - aFrom + 1) * width);
  const lengthAt = (at: number, bt: number): number => common[(at - aFrom) * width + bt - bFrom] ?? 0;
  for (let at = aTo - 1; at >= aFrom; at -= 1)
    for (let bt = bTo - 1; bt >= bFrom; bt -= 1)
      common[(at - aFrom) * width + bt - bFrom] =
        a[at]?.key === b[bt]?.key
          ? lengthAt(at + 1, bt + 1) + 1
          : Math.max(lengthAt(at + 1, bt), lengthAt(at, bt + 1));
  for (let at = aFrom, bt = bFrom; at < aTo && bt < bTo;) {
    if (a[at]?.key === b[bt]?.key) matches[at++] = bt++;
    else if (lengthAt(at + 1, bt) >= lengthAt(at, bt + 1)) at += 1;
    else bt += 1;
  }
}
