/**
 * Which values of a list stand in order: the longest rising part of it (patience sorting, n log n). For lists that are known to
 * rise unless they were damaged, the others are the damaged ones.
 */

/** Places of the values to keep, in order. `strict`: equal values do not rise. Values that are no finite numbers never stay. */
export function longestRising(values: ArrayLike<number>, strict: boolean): number[] {
  /** By length less one: the place of the smallest value that ends a rising part of that length. */
  const ends: number[] = [];
  const before = new Int32Array(values.length);
  const valueAt = (place: number): number => values[place] as number;
  const follows = (place: number, value: number): boolean =>
    strict ? valueAt(place) < value : valueAt(place) <= value;
  for (let place = 0; place < values.length; place += 1) {
    const value = valueAt(place);
    if (!Number.isFinite(value)) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (follows(ends[middle] as number, value)) low = middle + 1;
      else high = middle;
    }
    before[place] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = place;
  }
  const kept: number[] = [];
  for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place] as number) kept.push(place);
  return kept.reverse();
}
