/** Estimates of tokens for the window: the tokenizer is loaded when the first estimate is asked for, and not before. */
import { untrack } from 'svelte';
import type { Completion } from '../../shared/chat/completion.ts';
import { lacksCount } from '../../shared/chat/timing/measured-answers.ts';
import {
  createTokenEstimate,
  type CountTokens,
  type TokenEstimate,
} from '../../shared/chat/timing/token-estimate.ts';

export interface TokenCounts {
  /** Tokens of an answer whose usage tells none; null for any other, and until the tokenizer is there. Reactive. */
  estimate(completion: Completion): number | null;
}

export function createTokenCounts(load: () => Promise<CountTokens>): TokenCounts {
  let estimate = $state.raw<TokenEstimate | null>(null);
  let asked = false;
  return {
    estimate(completion) {
      if (!untrack(() => lacksCount(completion))) return null;
      if (!asked) {
        asked = true;
        // Without it there are no estimates, and everything else stands; the next window tries again.
        load().then(
          (count) => (estimate = createTokenEstimate(count)),
          () => undefined,
        );
      }
      return estimate?.of(completion) ?? null;
    },
  };
}
