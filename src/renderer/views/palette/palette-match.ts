/** Which commands fit what was typed, and how well. Pure. */

export interface Match<T> {
  readonly item: T;
  /** Characters of the label that were matched, for the highlight. */
  readonly at: readonly number[];
}

/**
 * Items whose label has the letters of `query` in their order, best first. A letter at the beginning of a word counts more, and
 * so does one that follows the match before it. Equal ones keep their order; an empty query matches all.
 */
export function matches<T extends { readonly label: string }>(
  items: readonly T[],
  query: string,
): readonly Match<T>[] {
  const letters = [...query.toLowerCase()].filter((letter) => letter.trim() !== '');
  return items
    .flatMap((item) => {
      const found = best(item.label.toLowerCase(), letters);
      return found ? [{ item, ...found }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item, at }) => ({ item, at }));
}

interface Found {
  readonly score: number;
  readonly at: readonly number[];
}

/** The best of the matches that begin at each occurrence of the first letter; labels are short. */
function best(label: string, letters: readonly string[]): Found | null {
  const first = letters[0];
  if (first === undefined) return { score: 0, at: [] };
  let result: Found | null = null;
  for (let from = label.indexOf(first); from >= 0; from = label.indexOf(first, from + 1)) {
    const found = walk(label, letters, from);
    if (found && (!result || found.score > result.score)) result = found;
  }
  return result;
}

function walk(label: string, letters: readonly string[], from: number): Found | null {
  const at: number[] = [];
  let score = -from * 0.01 - label.length * 0.001;
  let next = from;
  for (const letter of letters) {
    // The beginning of a word, when there is one left with this letter, else the nearest place.
    const near = label.indexOf(letter, next);
    if (near < 0) return null;
    const word = near === next ? near : wordStart(label, letter, next);
    const place = word >= 0 ? word : near;
    if (at.length > 0 && place === (at.at(-1) ?? 0) + 1) score += 3;
    score += isWordStart(label, place) ? 2 : 0.5;
    at.push(place);
    next = place + 1;
  }
  return { score, at };
}

function wordStart(label: string, letter: string, from: number): number {
  for (let at = label.indexOf(letter, from); at >= 0; at = label.indexOf(letter, at + 1))
    if (isWordStart(label, at)) return at;
  return -1;
}

function isWordStart(label: string, at: number): boolean {
  return at === 0 || /[\s:/._-]/.test(label[at - 1] ?? ' ');
}
