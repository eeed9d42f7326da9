/** Everything that was rebuilt from a stream as one list, in the order in which it began. */
import { rebuiltCompletions } from '../chat/rebuilt.ts';
import { rebuiltExchange } from '../protocol/rebuilt-exchange.ts';
import type { Rebuilt } from './fold-entries.ts';

/** As plain JSON values. A completion has a `dialect`, an exchange a `protocol`. */
export function rebuiltList(rebuilt: Rebuilt): readonly object[] {
  const { completions, exchanges, measured } = rebuilt;
  const answers = rebuiltCompletions(completions, measured);
  return inStreamOrder<object>(rebuilt, answers, exchanges.map(rebuiltExchange));
}

/** What was made of each completion and of each exchange, as one list. */
export function inStreamOrder<T>(
  { completions, exchanges }: Rebuilt,
  ofCompletions: readonly T[],
  ofExchanges: readonly T[],
): readonly T[] {
  const starts = [...completions, ...exchanges].map(({ firstSeq }) => firstSeq);
  return [...ofCompletions, ...ofExchanges]
    .map((made, at) => ({ made, firstSeq: starts[at] ?? 0 }))
    .sort((a, b) => a.firstSeq - b.firstSeq)
    .map(({ made }) => made);
}
