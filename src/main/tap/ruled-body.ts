/** The body of a response that rules look at: decoded where the server compressed it all the same, gated, and framed anew. */
import { DEFAULT_LIMITS } from '../../shared/connection/limits.ts';
import { headerValues } from '../../shared/connection/response-rules.ts';
import type { HeaderPair } from '../../shared/session/entry.ts';
import type { Framing } from '../../shared/sse/framing.ts';
import { createEventJudge } from '../../shared/tap/event-verdict.ts';
import type { EventRule } from '../../shared/tap/rule-book.ts';
import { decoderFor } from '../connections/content-decoding.ts';
import { createEventGate } from './event-gate.ts';
import type { ExchangeTrace } from './exchange-trace.ts';
import type { PassageDeps } from './passage-deps.ts';

export interface RuledBody {
  /** Payload as the server sent it. */
  push(bytes: Uint8Array, arrivedMs: number): void;
  end(trailers: readonly HeaderPair[]): void;
  close(): void;
}

export interface RuledBodyOptions {
  readonly deps: Pick<PassageDeps, 'byteText' | 'nowMs' | 'rules' | 'holds'>;
  readonly headers: readonly HeaderPair[];
  readonly framing: Framing;
  readonly rules: readonly EventRule[];
  /** The client knows chunks; else the end of the connection ends the body. */
  readonly chunked: boolean;
  readonly trace: ExchangeTrace;
  readonly toClient: (bytes: Uint8Array) => void;
  readonly holdServer: (full: boolean) => void;
  readonly onDone: () => void;
  readonly onCut: (how: 'end' | 'reset') => void;
}

const CRLF = Buffer.from('\r\n');

export function createRuledBody(options: RuledBodyOptions): RuledBody {
  const { deps, headers, framing, rules, chunked, trace, toClient } = options;
  const encodings = headerValues(headers, 'content-encoding');
  const decoder = decoderFor(encodings, DEFAULT_LIMITS);
  let trailers: readonly HeaderPair[] = [];
  let closed = false;
  /** Parts that wait for the decoder; null: the body is over. */
  const waiting: ({ readonly bytes: Uint8Array; readonly atMs: number } | null)[] = [];
  let decoding = false;

  trace.mark({
    what: 'reframed',
    message:
      'Rules look at this response, so it went on event by event: in chunks of its own and without the length that the server gave. What no rule touches is the same to the byte.',
    event: null,
  });
  if (decoder)
    trace.mark({
      what: 'decoded',
      message: `The server compressed its answer (${encodings.join(', ')}); it went on uncompressed, because rules look at its events.`,
      event: null,
    });

  const gate = createEventGate({
    byteText: deps.byteText,
    framing,
    judge: createEventJudge(rules, deps.rules),
    nowMs: deps.nowMs,
    write: (bytes) =>
      toClient(
        chunked ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]) : bytes,
      ),
    mark: trace.mark,
    onHeld: (held) =>
      deps.holds.add({
        ...held,
        trace,
        decide: (verdict) => gate.decide(held.id, verdict),
        waiting: () => gate.waiting,
      }),
    onLetGo: (id) => deps.holds.remove(id),
    onCut: options.onCut,
    onDone() {
      const lines = trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      if (chunked) toClient(Buffer.from(`0\r\n${lines}\r\n`, 'latin1'));
      options.onDone();
    },
    onFull: options.holdServer,
  });

  const decodeNext = (): void => {
    if (!decoder || decoding || closed || waiting.length === 0) return;
    const part = waiting.shift();
    decoding = true;
    const atMs = part?.atMs ?? deps.nowMs();
    const done = (error: Error | null) => {
      decoding = false;
      if (closed) return;
      if (error) {
        trace.mark({
          what: 'cut',
          message: `The compressed answer is damaged (${error.message}), so it could not go on.`,
          event: null,
        });
        return options.onCut('reset');
      }
      if (!part) return gate.end();
      decodeNext();
    };
    if (part) decoder.write(part.bytes, (bytes) => gate.push(bytes, atMs), done);
    else decoder.end((bytes) => gate.push(bytes, atMs), done);
  };

  return {
    push(bytes, atMs) {
      if (!decoder) return gate.push(bytes, atMs);
      waiting.push({ bytes, atMs });
      decodeNext();
    },
    end(behind) {
      trailers = behind;
      if (!decoder) return gate.end();
      waiting.push(null);
      decodeNext();
    },
    close() {
      closed = true;
      gate.close();
      decoder?.destroy();
    },
  };
}
