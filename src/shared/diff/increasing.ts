/** The longest increasing subsequence: indexes into `values`, in order. Patience sorting, O(n log n). */
export function increasingIndexes(values: ArrayLike<number>): number[] {
  /** By length less one: the index of the smallest last value of a subsequence of that length. */
  const tails: number[] = [];
  const before = new Int32Array(values.length).fill(-1);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = at;
  }
  const found: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) found.push(at);
  return found.reverse();
}
