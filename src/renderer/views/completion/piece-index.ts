/** Where the pieces of a growing text begin, so that a place in the text leads to its piece and an entry to its pieces. */
import type { PieceText } from '../../../shared/chat/completion.ts';

/** Numbers of pieces; `to` exclusive. */
export interface PieceRange {
  readonly from: number;
  readonly to: number;
}

export interface PieceIndex {
  /** Pieces and characters taken so far. */
  readonly count: number;
  readonly length: number;
  /** Goes on with another text that begins alike; pieces beyond its end are forgotten. */
  follow(text: PieceText): void;
  /** Takes the pieces that are new and returns their text. */
  grow(): string;
  /** First character of a piece; of the one after the last, the length of the text. */
  startOf(piece: number): number;
  /** The piece that holds a character; null outside the text. */
  pieceAt(position: number): number | null;
  /** The pieces that an entry brought; null when it brought none. */
  piecesOf(seq: number): PieceRange | null;
}

export function createPieceIndex(first: PieceText): PieceIndex {
  let text = first;
  const starts: number[] = [];
  let length = 0;
  return {
    get count() {
      return starts.length;
    },
    get length() {
      return length;
    },
    follow(next) {
      text = next;
      if (starts.length <= next.pieces.length) return;
      length = starts[next.pieces.length] ?? length;
      starts.length = next.pieces.length;
    },
    grow() {
      const fresh = text.pieces.slice(starts.length);
      for (const piece of fresh) {
        starts.push(length);
        length += piece.length;
      }
      return fresh.join('');
    },
    startOf: (piece) => starts[piece] ?? length,
    pieceAt(position) {
      if (position < 0 || position >= length) return null;
      return firstAbove(starts, position, starts.length) - 1;
    },
    piecesOf(seq) {
      const from = firstAbove(text.seqs, seq - 1, starts.length);
      const to = firstAbove(text.seqs, seq, starts.length);
      return from < to ? { from, to } : null;
    },
  };
}

/** The first of `count` ascending numbers that is greater than `value`. */
function firstAbove(ascending: readonly number[], value: number, count: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
