/**
 * Tokens of a text tinted by their probability, and what might have stood there instead. Tokens are found in the text of the
 * event that brought them; one that is not there (half of a character, a token that is no text) is passed over. Tints are
 * highlights of the document, which cost no elements.
 */
import type { PieceText } from '../../../shared/chat/completion.ts';
import type { TokenAlternative, TokenLogprobs } from '../../../shared/chat/parts.ts';
import type { PieceIndex } from './piece-index.ts';

/** Tokens beyond that are not tinted: each is a range of the document. */
export const MAX_TINTED = 20_000;

export interface TokenPlace {
  /** Characters of the text, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** From 0 to 1. */
  readonly probability: number;
  readonly token: string;
  readonly alternatives: readonly TokenAlternative[];
}

export interface TokenPlaces {
  /** Finds the tokens that are new and returns them. `index` must have taken the text. */
  grow(): readonly TokenPlace[];
  /** Forgets the tokens beyond so many characters; returns how many are left. */
  cut(length: number): number;
  /** The tokens in a piece. */
  within(from: number, to: number): readonly TokenPlace[];
}

export function createTokenPlaces(
  read: () => { readonly text: PieceText; readonly logprobs: TokenLogprobs | undefined },
  index: PieceIndex,
): TokenPlaces {
  const places: TokenPlace[] = [];
  /** Number of the token of each place. */
  const numbers: number[] = [];
  let taken = 0;
  let cursor = 0;
  return {
    grow() {
      const before = places.length;
      const { text, logprobs } = read();
      if (!logprobs) return [];
      for (; taken < logprobs.tokens.length && places.length < MAX_TINTED; taken += 1) {
        const token = logprobs.tokens[taken] ?? '';
        const pieces = index.piecesOf(logprobs.seqs[taken] ?? -1);
        if (!pieces || token === '') continue;
        const start = index.startOf(pieces.from);
        const words = text.pieces.slice(pieces.from, pieces.to).join('');
        const at = words.indexOf(token, Math.max(0, cursor - start));
        if (at < 0) continue;
        cursor = start + at + token.length;
        const probability = Math.exp(logprobs.logprobs[taken] ?? 0);
        const alternatives = logprobs.alternatives[taken] ?? [];
        numbers.push(taken);
        places.push({ from: start + at, to: cursor, probability, token, alternatives });
      }
      return places.slice(before);
    },
    cut(length) {
      while ((places.at(-1)?.to ?? 0) > length) places.pop();
      taken = places.length === 0 ? 0 : (numbers[places.length - 1] ?? 0) + 1;
      numbers.length = places.length;
      cursor = places.at(-1)?.to ?? 0;
      return places.length;
    },
    within: (from, to) => places.filter((place) => place.from < to && place.to > from),
  };
}

/** Names of the highlights, from doubtful to unlikely; a token above the first limit has none. */
const TINTS: readonly (readonly [number, string])[] = [
  [0.2, 'token-unlikely'],
  [0.5, 'token-doubtful'],
  [0.9, 'token-likely'],
];

export interface TokenTint {
  add(place: TokenPlace, range: Range): void;
  /** Takes away all but the first so many that were added. */
  cut(count: number): void;
  dispose(): void;
}

/** Null where the document has no highlights, as in tests without a window. */
export function createTokenTint(): TokenTint | null {
  if (typeof Highlight === 'undefined' || typeof CSS === 'undefined' || !('highlights' in CSS)) return null;
  /** null: needs no tint. */
  const added: (readonly [Highlight, Range] | null)[] = [];
  const cut = (count: number): void => {
    for (const one of added.splice(count)) one?.[0].delete(one[1]);
  };
  return {
    add({ probability }, range) {
      const name = TINTS.find(([limit]) => probability < limit)?.[1];
      if (name === undefined) {
        added.push(null);
        return;
      }
      let highlight = CSS.highlights.get(name);
      if (!highlight) CSS.highlights.set(name, (highlight = new Highlight()));
      highlight.add(range);
      added.push([highlight, range]);
    },
    cut,
    dispose: () => cut(0),
  };
}
