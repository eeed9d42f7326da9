/** A set of whole numbers as ranges, for numbers that mostly count up. Bounded: beyond `maxRanges` the lowest are forgotten. */

export interface NumberRanges {
  /** The highest number; -Infinity when it is empty. */
  readonly highest: number;
  /** The lowest ranges were let go. */
  readonly forgot: boolean;
  /** First and last number of each range, ascending. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  has(value: number): boolean;
  /** Adds it; adding the number after the highest costs nothing. */
  add(value: number): void;
  addAll(other: NumberRanges): void;
}

export function createNumberRanges(maxRanges: number): NumberRanges {
  const ranges: [from: number, to: number][] = [];
  let forgot = false;

  /** Place of the first range that ends at `value` or above it. */
  function placeOf(value: number): number {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function addRange(from: number, to: number): void {
    const first = placeOf(from - 1);
    let last = first;
    let [low, high] = [from, to];
    for (let range = ranges[last]; range && range[0] <= to + 1; range = ranges[last]) {
      low = Math.min(low, range[0]);
      high = Math.max(high, range[1]);
      last += 1;
    }
    ranges.splice(first, last - first, [low, high]);
    if (ranges.length > maxRanges) {
      ranges.shift();
      forgot = true;
    }
  }

  return {
    get highest() {
      return ranges.at(-1)?.[1] ?? -Infinity;
    },
    get forgot() {
      return forgot;
    },
    ranges,
    has(value) {
      const range = ranges[placeOf(value)];
      return range !== undefined && range[0] <= value;
    },
    add(value) {
      const newest = ranges.at(-1);
      if (newest && value === newest[1] + 1) newest[1] = value;
      else if (!newest || value < newest[0] || value > newest[1]) addRange(value, value);
    },
    addAll(other) {
      for (const [from, to] of other.ranges) addRange(from, to);
      forgot ||= other.forgot;
    },
  };
}
