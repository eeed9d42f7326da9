/**
 * Requests, heads and events in, exchanges out: the same code for a live window, an export and the command line. Owns the list of
 * exchanges in one stream (reconnects included) and who reads each; never knows what a protocol's JSON means.
 * Deterministic: folding n inputs and then m gives the same as folding n + m, however often it is looked at in between.
 */
import type { MonotonicMs, SeqNo } from '../base/clock.ts';
import type { JournalEntry } from '../session/entry.ts';
import type { Exchange } from './exchange.ts';
import type { AnyProtocol, EventInput, ProtocolInput } from './protocol.ts';
import { createProtocols, matchProtocol } from './registry.ts';

/** An event as the log has it. */
export interface ExchangeEvent {
  readonly type: string;
  readonly data: string;
  /** The block's own id if it counted, else null. */
  readonly id: string | null;
  readonly seq: SeqNo;
  readonly atMs: MonotonicMs;
  readonly attempt: number;
}

export interface ExchangeFold {
  push(event: ExchangeEvent): void;
  /** An entry that is no frame: requests and heads say what was asked for; an end closes what is open. */
  pushEntry(entry: JournalEntry, seq: SeqNo, atMs: MonotonicMs): void;
  /** The stream is over. Pushing again takes that back. */
  end(): void;
  /** All exchanges so far, in order. Cheap enough to call once a frame: arrays are shared, not copied. */
  view(): readonly Exchange[];
  /** Grows with everything that may change the view. */
  readonly revision: number;
}

/** Below this a protocol takes the input into an exchange that is open, but does not open one for it. */
const ENOUGH = 5;
/** From here on a protocol may take an input away from another one that does not claim it. */
const SURE = 50;

interface Talk {
  readonly protocol: AnyProtocol;
  readonly state: unknown;
  /** The final view of an exchange that another one has followed. */
  closed: Exchange | null;
}

export function createExchangeFold(
  protocols: readonly AnyProtocol[] = createProtocols().all(),
): ExchangeFold {
  const talks: Talk[] = [];
  /** The last request, head and empty event: they belong to whatever opens next. */
  let prelude: ProtocolInput[] = [];
  let ended = false;
  let revision = 0;

  function open(input: ProtocolInput): void {
    const match = matchProtocol(protocols, input);
    if (!match || match.score < ENOUGH) {
      if (input.what === 'request') prelude = [input];
      else if (input.what === 'head' || (input.data === '' && input.id !== null)) {
        prelude = [...prelude.filter((other) => other.what !== input.what), input];
      }
      return;
    }
    const current = talks.at(-1);
    if (current) current.closed = current.protocol.view(current.state, true);
    const { protocol } = match;
    const own = prelude.filter((before) => before.what === 'head' || protocol.score(before) > 0);
    prelude = [];
    const state = protocol.start(own[0] ?? input);
    for (const before of own) protocol.step(state, before);
    protocol.step(state, input);
    talks.push({ protocol, state, closed: null });
  }

  function take(input: ProtocolInput): void {
    revision += 1;
    ended = false;
    const current = talks.at(-1);
    if (!current) return open(input);
    // Only asked when it matters: the JSON of an event is not parsed for nothing.
    if (input.what !== 'head' && current.protocol.score(input) === 0) {
      const other = matchProtocol(protocols, input);
      if (other && other.score >= SURE) return open(input);
    }
    current.protocol.step(current.state, input);
  }

  function end(): void {
    if (ended) return;
    ended = true;
    revision += 1;
  }

  return {
    push: (event) => take({ what: 'event', ...event, json: lazyJson(event.data) } satisfies EventInput),
    pushEntry(entry, seq, atMs) {
      if (entry.kind === 'attempt-start') {
        const { attempt, method, url, lastEventId, body } = entry;
        take({ what: 'request', seq, atMs, attempt, method, url, lastEventId, json: lazyJson(body) });
      } else if (entry.kind === 'response-head') {
        const { attempt, status, headers } = entry;
        take({ what: 'head', seq, atMs, attempt, status, headers, json: () => undefined });
      } else if (entry.kind === 'attempt-end') end();
    },
    end,
    view: () => talks.map((talk) => talk.closed ?? talk.protocol.view(talk.state, ended)),
    get revision() {
      return revision;
    },
  };
}

/** Parses when it is first asked for; undefined when the text is not JSON. */
function lazyJson(text: string): () => unknown {
  let isParsed = false;
  let value: unknown;
  return () => {
    if (!isParsed) {
      isParsed = true;
      try {
        value = JSON.parse(text) as unknown;
      } catch {
        value = undefined;
      }
    }
    return value;
  };
}
