/** One request and its answer over a socket of its own, by undici. No redirects, no decoding; one call a socket read. */
import './file-global.ts';
import { Client, type Dispatcher } from 'undici';
import type { LimitSpec } from '../../shared/connection/limits.ts';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import type { HeaderPair } from '../../shared/session/entry.ts';
import { bodyStream } from './body-stream.ts';
import { watchedConnector, type ConnectorOptions, type SocketWatch } from './timed-connector.ts';

export interface HopListener {
  head(status: number, statusText: string, headers: HeaderPair[]): void;
  /** All body bytes of one socket read, and its arrival. */
  data(bytes: Uint8Array, arrivedMs: number): void;
  end(): void;
  error(error: unknown): void;
}

export interface Hop {
  readonly watch: SocketWatch;
  pause(): void;
  resume(): void;
  /** Closes the socket at once; the listener hears nothing more. */
  abort(): void;
}

/** Sends the request. The listener is never called before this returns. */
export function openHop(
  message: RequestMessage,
  options: ConnectorOptions,
  limits: LimitSpec,
  listener: HopListener,
): Hop {
  const url = new URL(message.url);
  const { connect, watch } = watchedConnector(options);
  // A client for each request: streams are never counted against a limit for their host, and no answer comes over a
  // connection that the server is just about to close. A quiet stream is not an error, so nothing times out.
  const client = new Client(url.origin, {
    connect,
    bodyTimeout: 0,
    headersTimeout: 0,
    maxHeaderSize: limits.maxHeadBytes,
  });
  let controller: Dispatcher.DispatchController | null = null;
  // undici takes the end of a body without a length for impossible while it is paused, and throws where nobody can catch it.
  // Nothing is left to hold back by then: the socket ends when all its bytes have been read.
  watch.beforeEnd = () => controller?.resume();
  let over = false;
  let pieces: Uint8Array[] = [];
  let arrivedMs = 0;

  /** A chunked body comes as one call a chunk; what one socket read brought is told as one piece. */
  const flush = () => {
    if (pieces.length === 0) return;
    const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
    pieces = [];
    if (!over) listener.data(bytes, arrivedMs);
  };
  const close = () => {
    over = true;
    // Not at once: this may run inside undici's parser.
    queueMicrotask(() => {
      watch.destroy();
      void client.destroy();
    });
  };
  const conclude = (tell: () => void) => {
    flush();
    if (over) return;
    close();
    tell();
  };

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started;
      if (over) started.abort(new Error('Aborted'));
    },
    onResponseStart(started, status, _headers, statusText) {
      // 1xx heads say that the real one is still to come.
      if (status >= 200 && !over) listener.head(status, statusText ?? '', readHeaders(started.rawHeaders));
    },
    onResponseData(_started, chunk) {
      if (over) return;
      if (pieces.length === 0) {
        arrivedMs = options.nowMs();
        queueMicrotask(flush);
      }
      pieces.push(chunk);
    },
    onResponseEnd() {
      conclude(() => (watch.resetError ? listener.error(watch.resetError) : listener.end()));
    },
    onResponseError(_started, error) {
      conclude(() => listener.error(error));
    },
  };

  queueMicrotask(() => {
    if (over) return;
    client.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: message.method,
        // undici writes header values as latin1, so UTF-8 bytes are handed over as one character each.
        headers: message.headers.flatMap(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
        body: bodyStream(message.body),
      },
      handler,
    );
  });

  return {
    watch,
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    abort() {
      if (over) return;
      pieces = [];
      close();
      controller?.abort(new Error('Aborted'));
    },
  };
}

/** Name and value pairs in wire order, names as the server wrote them. */
function readHeaders(raw: unknown): HeaderPair[] {
  if (!Array.isArray(raw)) return [];
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([headerText(raw[at]), headerText(raw[at + 1])]);
  return pairs;
}

/** Header bytes are UTF-8 where that is possible, and else one character a byte. */
function headerText(raw: unknown): string {
  if (!(raw instanceof Uint8Array)) return String(raw);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return Buffer.from(raw).toString('latin1');
  }
}
