/** Chance that can be repeated: a number for each question, from the seed and the question alone. */

/** 0 (inclusive) to 1 (exclusive); the same for the same seed and place, whatever was asked before. */
export function chanceAt(seed: number, ...place: readonly number[]): number {
  let hash = mixed(seed >>> 0);
  for (const part of place) hash = mixed((hash ^ (part >>> 0)) + 0x9e3779b9);
  return hash / 2 ** 32;
}

/** A whole number from 0 (inclusive) to `below` (exclusive). */
export function pickAt(below: number, seed: number, ...place: readonly number[]): number {
  return Math.floor(chanceAt(seed, ...place) * below);
}

/** 0 to count - 1, shuffled (Fisher and Yates). */
export function shuffledAt(count: number, seed: number, ...place: readonly number[]): number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = pickAt(at + 1, seed, ...place, at);
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** The finaliser of MurmurHash3: each bit of the input changes half of the output. */
function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
