/**
 * What all protocols share: the draft of one exchange. Owns requests, notices, facts, findings and counts; never reads a
 * protocol's JSON. Every addition is O(1), and a view shares the arrays instead of copying them.
 */
import type { SeqNo } from '../base/clock.ts';
import type {
  Exchange,
  ExchangeDiagnostic,
  ExchangeFact,
  ExchangeRequest,
  Notice,
  Place,
  Progress,
  Said,
} from './exchange.ts';
import type { ProtocolInput } from './protocol.ts';

/** Findings kept for one exchange: a broken stream of a million events must not fill the memory with sentences. */
const MAX_DIAGNOSTICS = 200;

type Changing<T> = { -readonly [K in keyof T]: T[K] };

export type RequestDraft = Changing<Omit<ExchangeRequest, 'progress' | 'parts'>> & {
  readonly progress: Progress[];
  readonly parts: Said[];
};

export interface ExchangeTracker {
  readonly requests: readonly RequestDraft[];
  /** Requests of the client without a final state. */
  readonly waiting: number;
  /** Counts the input in. Call it once for each input taken. */
  take(input: ProtocolInput): void;
  request(from: 'client' | 'server', id: string | number | null, sent: Place | null): RequestDraft;
  /** Gives a request its final state; the first one stands. Tells whether it was open. */
  settle(request: RequestDraft, state: 'answered' | 'failed' | 'cancelled', answer: Said | null): boolean;
  notice(notice: Notice): void;
  /** The last value of a name stands; "" says nothing. */
  fact(name: string, value: string, at: Place): void;
  /** Adds a finding; with `once`, only the first with this key. */
  diagnose(code: string, message: string, at: Place, once?: string): void;
  view(own: OwnPart): Exchange;
}

/** What a protocol adds to the view. */
export type OwnPart = Pick<Exchange, 'protocol' | 'label' | 'end' | 'endSeq'> &
  Partial<Pick<Exchange, 'tasks' | 'runs' | 'state'>>;

export function createExchangeTracker(first: ProtocolInput): ExchangeTracker {
  const requests: RequestDraft[] = [];
  const notices: Notice[] = [];
  const diagnostics: ExchangeDiagnostic[] = [];
  const facts = new Map<string, ExchangeFact>();
  const seen = new Set<string>();
  let waiting = 0;
  let eventCount = 0;
  let lastSeq: SeqNo = first.seq;

  return {
    requests,
    get waiting() {
      return waiting;
    },
    take(input) {
      if (input.what === 'event') eventCount += 1;
      lastSeq = Math.max(lastSeq, input.seq);
    },
    request(from, id, sent) {
      const request: RequestDraft = {
        from,
        id,
        method: '',
        subject: null,
        params: undefined,
        sent,
        state: 'waiting',
        progress: [],
        parts: [],
        answer: null,
        cancelReason: null,
      };
      requests.push(request);
      if (from === 'client') waiting += 1;
      return request;
    },
    settle(request, state, answer) {
      if (request.state !== 'waiting' && request.state !== 'streaming') return false;
      request.state = state;
      request.answer = answer;
      if (request.from === 'client') waiting -= 1;
      return true;
    },
    notice: (notice) => void notices.push(notice),
    fact(name, value, { seq }) {
      if (value !== '' && facts.get(name)?.value !== value) facts.set(name, { name, value, seq });
    },
    diagnose(code, message, { seq }, once) {
      if (once !== undefined) {
        if (seen.has(once)) return;
        seen.add(once);
      }
      if (diagnostics.length < MAX_DIAGNOSTICS) diagnostics.push({ code, message, seq });
      else if (diagnostics.length === MAX_DIAGNOSTICS) {
        diagnostics.push({ code: 'more', message: 'Further findings are not listed.', seq });
      }
    },
    view: (own) => ({
      protocol: own.protocol,
      label: own.label,
      facts: [...facts.values()],
      requests,
      notices,
      tasks: own.tasks ?? [],
      runs: own.runs ?? [],
      state: own.state ?? null,
      end: own.end,
      endSeq: own.endSeq,
      diagnostics,
      eventCount,
      firstSeq: first.seq,
      lastSeq,
    }),
  };
}

/** The place of an input. */
export function placeOf({ seq, atMs }: ProtocolInput): Place {
  return { seq, atMs };
}

/** A value with the place of the input that brought it. */
export function said(value: unknown, { seq, atMs }: ProtocolInput): Said {
  return { value, seq, atMs };
}
