/** The entries that prove something: the first ones by number, and how many there are. */
import type { SeqNo } from '../base/clock.ts';
import { MAX_PROOFS, type Verdict } from './check.ts';

export interface Proofs {
  add(seq: SeqNo): void;
  readonly seqs: readonly SeqNo[];
  readonly total: number;
  /** The verdict with these entries. */
  on(verdict: Verdict): Verdict;
}

export function createProofs(): Proofs {
  const seqs: SeqNo[] = [];
  let total = 0;
  return {
    add(seq) {
      total += 1;
      if (seqs.length < MAX_PROOFS) seqs.push(seq);
    },
    seqs,
    get total() {
      return total;
    },
    on: (verdict) => ({ ...verdict, seqs: [...seqs], ...(total > seqs.length ? { total } : {}) }),
  };
}
