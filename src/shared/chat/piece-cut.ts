/** Arrays that belong together by position and rise by entry, cut at one. Costs a search and a copy of what stays. */
import type { SeqNo } from '../base/clock.ts';
import type { PieceText } from './completion.ts';
import type { TokenLogprobs } from './parts.ts';

/** How many of the rising entries are not after `seq`. */
export function countUpTo(seqs: readonly SeqNo[], seq: SeqNo): number {
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] as SeqNo) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same text while nothing is cut off. */
export function cutText(text: PieceText, seq: SeqNo): PieceText {
  const count = countUpTo(text.seqs, seq);
  if (count === text.seqs.length) return text;
  return { pieces: text.pieces.slice(0, count), seqs: text.seqs.slice(0, count) };
}

export function cutLogprobs(logprobs: TokenLogprobs, seq: SeqNo): TokenLogprobs {
  const count = countUpTo(logprobs.seqs, seq);
  if (count === logprobs.seqs.length) return logprobs;
  return {
    tokens: logprobs.tokens.slice(0, count),
    logprobs: logprobs.logprobs.slice(0, count),
    alternatives: logprobs.alternatives.slice(0, count),
    seqs: logprobs.seqs.slice(0, count),
  };
}
