/** Matching what a list holds now with what it held before, so that only what changed is written anew. Pure. */

/** Whether two JSON values say the same; the order of names does not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(b, name) &&
      sameJson((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}

/**
 * For each new item the number of the old one that it comes from, or -1: first the equal ones, wherever they moved, then what is
 * left in order.
 *
 * @param mayPair whether two that differ can be one thing that was changed
 */
export function alignItems<T>(
  old: readonly T[],
  next: readonly T[],
  mayPair: (before: T, after: T) => boolean = () => true,
): readonly number[] {
  const used = new Set<number>();
  let first = 0;
  const sources = next.map((item) => {
    while (used.has(first)) first += 1;
    for (let at = first; at < old.length; at += 1) {
      if (used.has(at) || !sameJson(old[at], item)) continue;
      used.add(at);
      return at;
    }
    return -1;
  });
  return sources.map((source, index) => {
    if (source >= 0) return source;
    const at = old.findIndex(
      (item, number) => !used.has(number) && next[index] !== undefined && mayPair(item, next[index]),
    );
    if (at >= 0) used.add(at);
    return at;
  });
}

/**
 * A list in a format's own words, for the readings `next`: items that say the same are kept as they are, changed ones are written
 * over the value they come from.
 *
 * @param write the value for a reading, over the old value or over undefined
 */
export function carryOver<T>(
  values: readonly unknown[],
  read: (value: unknown) => T,
  next: readonly T[],
  write: (item: T, over: unknown) => unknown,
  mayPair?: (before: T, after: T) => boolean,
): readonly unknown[] {
  const old = values.map(read);
  const sources = alignItems(old, next, mayPair);
  return next.map((item, index) => {
    const source = sources[index] ?? -1;
    if (source < 0) return write(item, undefined);
    return sameJson(old[source], item) ? values[source] : write(item, values[source]);
  });
}
