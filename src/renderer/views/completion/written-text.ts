/**
 * A text in the document together with what leads from each place of it back to its chunk: pieces by position, tokens with their
 * tints. Follows the text as it grows, and back when it is shown as it was before. Knows no Svelte.
 */
import type { PieceText } from '../../../shared/chat/completion.ts';
import type { TokenLogprobs } from '../../../shared/chat/parts.ts';
import { createPieceIndex, type PieceRange } from './piece-index.ts';
import type { TextBody } from './text-blocks.ts';
import { createTokenPlaces, createTokenTint, type TokenPlace } from './token-tint.ts';

export interface WrittenText {
  /** Pieces and characters that are shown. */
  readonly count: number;
  readonly length: number;
  /** Shows the text: what is new is added, what is beyond its end taken away. It begins as the one before did. */
  show(text: PieceText, logprobs?: TokenLogprobs): void;
  /** A range of the document over pieces, `to` exclusive. */
  rangeOf(from: number, to: number): Range;
  /** The piece under a point of the window; null where there is none. */
  pieceAt(x: number, y: number): number | null;
  /** The pieces that an entry brought; null when it brought none. */
  piecesOf(seq: number): PieceRange | null;
  /** Tokens of a piece with their probabilities, where the provider told them. */
  tokensIn(piece: number): readonly TokenPlace[];
  /** The text that a selection of the document covers; null when that is none of it. */
  textOf(selected: Range): string | null;
  dispose(): void;
}

export function createWrittenText(body: TextBody): WrittenText {
  let text: PieceText = { pieces: [], seqs: [] };
  let logprobs: TokenLogprobs | undefined;
  const index = createPieceIndex(text);
  const tokens = createTokenPlaces(() => ({ text, logprobs }), index);
  const tint = body.keepsRanges ? createTokenTint() : null;

  const rangeOf = (from: number, to: number) => body.rangeOf(index.startOf(from), index.startOf(to));
  return {
    get count() {
      return index.count;
    },
    get length() {
      return index.length;
    },
    show(next, nextLogprobs) {
      text = next;
      logprobs = nextLogprobs;
      const before = index.length;
      index.follow(text);
      if (index.length < before) {
        body.cut(index.length);
        tint?.cut(tokens.cut(index.length));
      }
      if (text.pieces.length > index.count) body.append(index.grow());
      for (const place of tokens.grow()) tint?.add(place, body.rangeOf(place.from, place.to));
    },
    rangeOf,
    pieceAt(x, y) {
      const position = body.positionAt(x, y);
      return position === null ? null : index.pieceAt(position);
    },
    piecesOf: index.piecesOf,
    tokensIn: (piece) => tokens.within(index.startOf(piece), index.startOf(piece + 1)),
    textOf(selected) {
      const from = body.positionOf(selected.startContainer, selected.startOffset);
      const to = body.positionOf(selected.endContainer, selected.endOffset);
      return from === null || to === null || from >= to ? null : text.pieces.join('').slice(from, to);
    },
    dispose() {
      tint?.dispose();
      body.dispose?.();
    },
  };
}
