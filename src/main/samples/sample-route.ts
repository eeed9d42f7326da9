/** What a sample stream is to the server that serves it: a call comes in, an answer goes out. Knows nothing of sockets. */

/** Where samples get time and chance from. Tests bring their own, and nothing waits. */
export interface SamplePace {
  /** Monotonic milliseconds. */
  nowMs(): number;
  /** Wall-clock time. */
  epochMs(): number;
  /** Resolves after `ms`; rejects at once when `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

export interface SampleCall {
  readonly method: string;
  readonly url: URL;
  readonly lastEventId: string;
  /** As it was sent, read as UTF-8. */
  readonly body: string;
  /** Aborted when the client has gone or the server stops. */
  readonly signal: AbortSignal;
  /** `sleep` of the pace, ended by `signal`. */
  sleep(ms: number): Promise<void>;
}

export type Piece = string | Uint8Array;

export interface SampleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is written piece by piece, each piece at once, and no faster than the client reads. */
  readonly body: Piece | AsyncIterable<Piece>;
  /** Cut the connection after the stream instead of ending it. Asked when the stream is over. */
  readonly cutOff?: () => boolean;
}

export interface SampleRoute {
  readonly path: string;
  readonly methods: readonly string[];
  answer(call: SampleCall): SampleAnswer;
}

/** Headers of an event stream: proxies must neither keep nor gather it. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
};

export function jsonAnswer(status: number, value: unknown): SampleAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
