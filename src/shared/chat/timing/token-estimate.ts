/**
 * Counts the tokens of answers that grow, with a tokenizer that somebody hands in: what was counted once is not counted again, so
 * that reading on costs what is new. Cuts may add a token here and there, which an estimate can bear.
 */
import type { Completion, PieceText } from '../completion.ts';
import { textsOf } from './chunk-lengths.ts';

export type CountTokens = (text: string) => number;

export interface TokenEstimate {
  /** Tokens of all texts of the answer as they are now. */
  of(completion: Completion): number;
}

/** Of a longer text the rest is taken to have as many tokens a character as this much of it, so that no text holds up a window. */
const MOST_COUNTED_CHARS = 500_000;
/** From here on the front of what is not settled yet is settled. */
const TAIL_CHARS = 2000;
/**
 * A byte-pair encoder takes time with the square of a run that it cannot split, such as a megabyte of one letter. Such runs are
 * cut; words are never so long.
 */
const MOST_RUN = 128;
const LONG_RUN = new RegExp(`\\S{${MOST_RUN}}(?=\\S)|\\s{${MOST_RUN}}(?=\\s)`, 'g');
/** A word and the blank before it: tokens do not reach over that. */
const CUT = /\S(?= \S*$)/;

interface Counted {
  /** Pieces taken so far. */
  taken: number;
  settled: number;
  settledChars: number;
  /** Text that is counted anew each time. */
  tail: string;
}

export function createTokenEstimate(count: CountTokens): TokenEstimate {
  /** By the list of pieces, which is the same one as long as the text grows. */
  const known = new WeakMap<readonly string[], Counted>();

  const tokensOf = ({ pieces }: PieceText): number => {
    if (pieces.length === 0) return 0;
    let counted = known.get(pieces);
    // A text that was replaced by a shorter one is counted from its beginning.
    if (!counted || counted.taken > pieces.length)
      known.set(pieces, (counted = { taken: 0, settled: 0, settledChars: 0, tail: '' }));
    for (; counted.taken < pieces.length; counted.taken += 1) {
      counted.tail += pieces[counted.taken] ?? '';
      if (counted.tail.length > TAIL_CHARS) settle(counted);
    }
    return Math.round(counted.settled) + countBounded(counted.tail);
  };
  const settle = (counted: Counted): void => {
    const cut = CUT.exec(counted.tail.slice(-MOST_RUN));
    const at = cut
      ? counted.tail.length - Math.min(MOST_RUN, counted.tail.length) + cut.index + 1
      : counted.tail.length;
    const { settled, settledChars } = counted;
    counted.settled +=
      settledChars < MOST_COUNTED_CHARS
        ? countBounded(counted.tail.slice(0, at))
        : (at * settled) / settledChars;
    counted.settledChars += at;
    counted.tail = counted.tail.slice(at);
  };
  const countBounded = (text: string): number => {
    let tokens = 0;
    let from = 0;
    for (const run of text.matchAll(LONG_RUN)) {
      const to = run.index + run[0].length;
      tokens += count(text.slice(from, to));
      from = to;
    }
    return from < text.length ? tokens + count(text.slice(from)) : tokens;
  };

  return {
    of: ({ choices }) =>
      choices.reduce(
        (sum, choice) => textsOf(choice).reduce((inner, text) => inner + tokensOf(text), sum),
        0,
      ),
  };
}
