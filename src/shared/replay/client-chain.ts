/**
 * Which attempt of which client a request is. A request says nothing of who sends it, so what it looks like decides: requests with the
 * same method, path and user agent, one after another and never two at once, are attempts of one client. A client that had the
 * recording to its end is done: the next request is a new client's, unless it resumes what that one got.
 */

export interface ChainRequest {
  readonly key: string;
  readonly lastEventId: string;
}

/** Where a client can go on. */
export interface ResumePoint {
  readonly id: string;
  /** Number of the entry that set the id. */
  readonly seq: number;
  /** Events that were played up to there. */
  readonly eventNumber: number;
  /** On the recording's clock. */
  readonly atMs: number;
}

export interface Chain {
  readonly key: string;
  /** From 1. */
  attempt: number;
  /** A request of it is being answered. */
  isBusy: boolean;
  /** It got the recording to its end. */
  isDone: boolean;
  /** The newest id that was sent to it. */
  resume: ResumePoint | null;
  endedAtMs: number;
}

export interface ChainBook {
  /** The client whose request this is, busy from now on. */
  begin(request: ChainRequest, nowMs: number): Chain;
  end(chain: Chain, nowMs: number): void;
  /** Every request that follows is the first of a new client. */
  forget(): void;
}

/** After this long without a request, one without a Last-Event-ID is a new client's. */
export const FORGET_AFTER_MS = 60_000;
const MAX_CHAINS = 4096;

export function createChainBook(): ChainBook {
  let chains: Chain[] = [];

  function continued({ key, lastEventId }: ChainRequest, nowMs: number): Chain | undefined {
    const free = chains.filter((chain) => chain.key === key && !chain.isBusy).reverse();
    if (lastEventId !== '')
      return (
        free.find(({ resume }) => resume?.id === lastEventId) ??
        free.find(({ isDone, resume }) => !isDone && resume !== null)
      );
    // Who has ids to resume from and does not, begins anew.
    return free.find(
      ({ isDone, resume, endedAtMs }) => !isDone && resume === null && nowMs - endedAtMs <= FORGET_AFTER_MS,
    );
  }

  return {
    begin(request, nowMs) {
      const known = continued(request, nowMs);
      if (known) {
        known.attempt += 1;
        known.isBusy = true;
        return known;
      }
      const chain: Chain = {
        key: request.key,
        attempt: 1,
        isBusy: true,
        isDone: false,
        resume: null,
        endedAtMs: nowMs,
      };
      chains.push(chain);
      if (chains.length > MAX_CHAINS) {
        const oldest = chains.find(({ isBusy }) => !isBusy);
        chains = chains.filter((one) => one !== oldest);
      }
      return chain;
    },
    end(chain, nowMs) {
      chain.isBusy = false;
      chain.endedAtMs = nowMs;
    },
    forget() {
      chains = [];
    },
  };
}
