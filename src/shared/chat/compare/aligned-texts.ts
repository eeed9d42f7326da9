/** Texts side by side: a row a paragraph of the first, with what the others say there; words that differ are told apart. */
import { wordMatches, wordsOf, type Word } from './word-matches.ts';

export interface AlignedRun {
  readonly text: string;
  /** Of the first text: all others have these words. Of another: the first has them. */
  readonly same: boolean;
}

export interface AlignedTexts {
  /** `rows[r][c]` is what text c says in paragraph r. */
  readonly rows: readonly (readonly (readonly AlignedRun[])[])[];
  /** One a text: the share of its words that the first has too, 0 to 1; 1 for the first. */
  readonly shared: readonly number[];
}

/** Joined cells of a column are its text. */
export function alignedTexts(texts: readonly string[]): AlignedTexts {
  const [first = [], ...others] = texts.map(wordsOf);
  const matches = others.map((other) => wordMatches(first, other));
  const ends = paragraphEnds(first);
  const columns = [
    cellsOf(first, ends, (at) => matches.every((match) => match[at] !== -1)),
    ...others.map((other, index) => {
      const match = matches[index] ?? new Int32Array();
      const matched = new Set(match);
      return cellsOf(other, endsIn(other, match, ends), (at) => matched.has(at));
    }),
  ];
  const shared = others.map((other, index) => {
    const count = (matches[index] ?? new Int32Array()).reduce((sum, bt) => sum + (bt === -1 ? 0 : 1), 0);
    return other.length === 0 ? 0 : count / other.length;
  });
  return { rows: ends.map((_, row) => columns.map((cells) => cells[row] ?? [])), shared: [1, ...shared] };
}

/** The word behind each paragraph. At least one paragraph. */
function paragraphEnds(words: readonly Word[]): number[] {
  const ends: number[] = [];
  words.forEach((word, at) => {
    if (word.text.includes('\n') && at + 1 < words.length) ends.push(at + 1);
  });
  return [...ends, words.length];
}

/** Where the paragraphs of the first text end in another: behind the last word that both have, to the end of that line. */
function endsIn(words: readonly Word[], match: Int32Array, ends: readonly number[]): number[] {
  const result: number[] = [];
  /** By word of the first text: the next word of this one that both have. */
  const following = new Int32Array(match.length + 1).fill(words.length);
  for (let index = match.length - 1; index >= 0; index -= 1) {
    const matched = match[index] ?? -1;
    following[index] = matched === -1 ? (following[index + 1] ?? words.length) : matched;
  }
  let at = 0;
  let end = 0;
  for (const [row, stop] of ends.entries()) {
    for (; at < stop; at += 1) if ((match[at] ?? -1) !== -1) end = (match[at] ?? 0) + 1;
    const next = following[stop] ?? words.length;
    if (row === ends.length - 1) end = words.length;
    while (end < next && !(words[end - 1]?.text.includes('\n') ?? false)) end += 1;
    result.push(end);
  }
  return result;
}

function cellsOf(
  words: readonly Word[],
  ends: readonly number[],
  same: (at: number) => boolean,
): AlignedRun[][] {
  let at = 0;
  return ends.map((end) => {
    const runs: { text: string; same: boolean }[] = [];
    for (; at < end; at += 1) {
      const last = runs.at(-1);
      const isSame = same(at);
      if (last?.same === isSame) last.text += words[at]?.text ?? '';
      else runs.push({ text: words[at]?.text ?? '', same: isSame });
    }
    return runs;
  });
}
