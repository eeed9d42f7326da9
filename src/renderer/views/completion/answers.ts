/** Which answer an entry belongs to, when it came, and what is shown of a stream that holds several things. */
import type { Completion } from '../../../shared/chat/completion.ts';
import type { Exchange } from '../../../shared/protocol/exchange.ts';

/** The answer that the entry lies in; null when it lies in none. Answers do not overlap and are in order. */
export function answerHolding(completions: readonly Completion[], seq: number): number | null {
  let low = 0;
  let high = completions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((completions[middle] as Completion).firstSeq <= seq) low = middle + 1;
    else high = middle;
  }
  const candidate = completions[low - 1];
  return candidate && seq <= candidate.lastSeq ? low - 1 : null;
}

/** Session time of an entry that carried a part of the answer; null for any other. */
export function entryTime({ timing }: Completion, seq: number): number | null {
  const { deltaSeqs, deltaAtMs } = timing;
  let low = 0;
  let high = deltaSeqs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((deltaSeqs[middle] as number) < seq) low = middle + 1;
    else high = middle;
  }
  return deltaSeqs[low] === seq ? (deltaAtMs[low] ?? null) : null;
}

/** What a stream that holds answers and an exchange is shown as. */
export type Shown = 'answers' | 'exchange';

/** `wanted`: what the user chose; null shows what began first. A request alone is no exchange where answers came. */
export function showsExchange(
  exchange: Exchange | undefined,
  firstAnswer: Completion | undefined,
  wanted: Shown | null,
): boolean {
  if (!exchange || !firstAnswer) return exchange !== undefined;
  if (wanted !== null) return wanted === 'exchange';
  return exchange.eventCount > 0 && exchange.firstSeq < firstAnswer.firstSeq;
}
