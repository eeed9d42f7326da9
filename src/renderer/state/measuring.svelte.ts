/**
 * Measures an answer for a view, anew when there is something new to measure: at each chunk of a short answer, at every eighth
 * part more of a long one, for sorting its gaps costs more than drawing. Create it while a component is made.
 */
import { untrack } from 'svelte';
import type { Completion } from '../../shared/chat/completion.ts';
import { measuredAnswer, type MeasuredAnswer } from '../../shared/chat/timing/measured-answer.ts';
import type { NumberedJournalEntry } from '../../shared/session/entry.ts';
import type { TokenCounts } from './token-counts.svelte.ts';

export interface Measuring {
  readonly current: MeasuredAnswer | null;
}

/** So many chunks are measured each time. */
const FEW = 512;

export function createMeasuring(
  read: () => Completion | undefined,
  journal: () => readonly NumberedJournalEntry[],
  tokens: TokenCounts,
): Measuring {
  const end = $derived(read()?.end);
  const which = $derived(read()?.firstSeq);
  const usageSeq = $derived(read()?.usageSeq ?? null);
  const step = $derived.by(() => {
    const chunks = read()?.timing.deltaSeqs.length ?? 0;
    if (end !== 'streaming' || chunks < FEW) return chunks;
    return Math.floor(2 ** (Math.floor(Math.log2(chunks) * 6) / 6));
  });
  const current = $derived.by(() => {
    void [end, which, usageSeq, step];
    const entries = journal();
    const completion = untrack(read);
    return completion ? measuredAnswer(completion, entries, tokens.estimate(completion)) : null;
  });
  return {
    get current() {
      return current;
    },
  };
}
