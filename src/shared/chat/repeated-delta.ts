/**
 * Whether a piece of a text repeats what came before: a delta that was sent twice, or a server that sends the text so far
 * instead of what is new. Careful on purpose: models repeat themselves too, so short pieces and rulers prove nothing.
 */

export type Repetition = 'delta-repeated' | 'text-repeated';

/** Shorter pieces may well be said twice. */
const TELLING_CHARS = 24;
/** A text shorter than that may begin the next piece by chance. */
const TELLING_TEXT = 40;

export interface RepetitionWatch {
  /** Looks at the piece that comes next. Its cost is that of the piece. */
  look(piece: string, pieces: readonly string[]): Repetition | null;
}

export function createRepetitionWatch(): RepetitionWatch {
  let length = 0;
  return {
    look(piece, pieces) {
      const before = length;
      length += piece.length;
      if (piece.length < TELLING_CHARS || pieces.length === 0) return null;
      if (before >= TELLING_TEXT && piece.length > before && piece.startsWith(pieces.join(''))) {
        return 'text-repeated';
      }
      return piece === pieces.at(-1) && hasWords(piece) ? 'delta-repeated' : null;
    },
  };
}

/** Three different words: no ruler, no table, no padding. */
function hasWords(text: string): boolean {
  return new Set(text.match(/\p{L}{2,}/gu) ?? []).size >= 3;
}
