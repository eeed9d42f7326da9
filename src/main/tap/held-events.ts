/** The events of one tap that wait for somebody. */
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { HeldEvent, HeldVerdict } from '../../shared/tap/tap-state.ts';
import type { ExchangeTrace } from './exchange-trace.ts';
import type { GateHeld } from './event-gate.ts';

export interface WaitingEvent extends GateHeld {
  readonly trace: Pick<ExchangeTrace, 'exchange'>;
  readonly decide: (verdict: HeldVerdict) => void;
  readonly waiting: () => number;
}

export interface HeldEvents {
  readonly count: number;
  add(event: WaitingEvent): void;
  remove(id: number): void;
  list(): readonly HeldEvent[];
  /** Throws `CodedError` when the event does not wait any more, or cannot be edited. */
  decide(id: number, verdict: HeldVerdict): void;
}

export function createHeldEvents(epochMs: () => number, onChanged: () => void): HeldEvents {
  const held = new Map<number, { readonly event: WaitingEvent; readonly heldAt: number }>();
  return {
    get count() {
      return held.size;
    },
    add(event) {
      held.set(event.id, { event, heldAt: epochMs() });
      onChanged();
    },
    remove(id) {
      if (held.delete(id)) onChanged();
    },
    list: () =>
      [...held.values()].map(({ event, heldAt }) => {
        const { id: exchangeId, sessionId, path } = event.trace.exchange;
        const { id, type, text } = event;
        return { id, exchangeId, sessionId, path, type, heldAt, text, waiting: event.waiting() };
      }),
    decide(id, verdict) {
      const waiting = held.get(id)?.event;
      if (!waiting) throw new CodedError('not-found', 'This event does not wait any more.');
      if (verdict.kind === 'edit' && waiting.text === null)
        throw new CodedError(
          'bad-arguments',
          'This event is binary and cannot be edited. Let it go on, or drop it.',
        );
      waiting.decide(verdict);
    },
  };
}
