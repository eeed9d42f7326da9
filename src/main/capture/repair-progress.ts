/** Tells how far a repair is, in steps that can be seen, and when it is over. */

/** Least difference between two reports. */
const STEP = 0.01;

export interface RepairProgress {
  /** From 0 to 1; as often as one likes. */
  share(share: number): void;
  /** Reports null, unless nothing was reported before. */
  over(): void;
}

export function createRepairProgress(report: (share: number | null) => void): RepairProgress {
  let last: number | null = null;
  return {
    share(share) {
      if (last !== null && share < last + STEP) return;
      last = share;
      report(share);
    },
    over() {
      if (last !== null) report(null);
    },
  };
}
