/** One HTTP/1.1 request and its answer over a socket that is open already, by undici. One call a socket read. */
import './file-global.ts';
import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import type { HeaderPair } from '../../shared/session/entry.ts';
import { bodyStream } from './body-stream.ts';
import { createPieceJoiner, keepInformational, type HopListener, type HopStream } from './hop-listener.ts';
import { hostAndPort, type ProxyServer } from './proxy-route.ts';
import { proxyAuthorization, proxyRefusalText } from './proxy-tunnel.ts';
import { textOf, watchSentBytes } from './sent-bytes.ts';
import type { SocketWatch } from './socket-watch.ts';
import { TransportError } from './transport-error.ts';

export interface Http1Options {
  readonly socket: Socket;
  /** Asked for the whole address, instead of the server for its path. */
  readonly forwarder: ProxyServer | null;
  readonly maxHeadBytes: number;
  readonly maxSentBytes: number;
  readonly nowMs: () => number;
  readonly watch: SocketWatch;
}

/** Sends the request. Owns the socket from now on. */
export function sendOverHttp1(
  message: RequestMessage,
  { socket, forwarder, maxHeadBytes, maxSentBytes, nowMs, watch }: Http1Options,
  listener: HopListener,
): HopStream {
  const url = new URL(message.url);
  // A client for each request: streams are never counted against a limit for their host, and no answer comes over a
  // connection that the server is just about to close. A quiet stream is not an error, so nothing times out.
  const client = new Client(url.origin, {
    connect: (_target, callback) => queueMicrotask(() => callback(null, socket)),
    bodyTimeout: 0,
    headersTimeout: 0,
    maxHeaderSize: maxHeadBytes,
  });
  let controller: Dispatcher.DispatchController | null = null;
  let resetError: Error | null = null;
  let alert: Error | null = null;
  let over = false;
  const sent = watchSentBytes(socket, maxSentBytes);
  // More may have gone out since it was noted last: an answer can come before the body's end.
  const noteSent = () => void (watch.sent = sent());
  const pieces = createPieceJoiner(nowMs, (bytes, arrivedMs) => {
    if (!over) listener.data(bytes, arrivedMs);
  });
  watchVersion(socket, watch);
  // undici takes the end of a body without a length for impossible while it is paused, and throws where nobody can catch it.
  // Nothing is left to hold back by then: the socket ends when all its bytes have been read.
  socket.prependListener('end', () => controller?.resume());
  // undici takes a reset for a clean end where the length of a body is unknown.
  socket.on('error', (error: Error & { code?: string }) => {
    if (error.code === 'ECONNRESET') resetError = error;
    // Of a handshake that the server refuses afterwards, as TLS 1.3 does, undici tells only that the socket was closed.
    if (error.code?.startsWith('ERR_SSL_')) alert = error;
  });

  const close = () => {
    over = true;
    noteSent();
    // Not at once: this may run inside undici's parser.
    queueMicrotask(() => {
      socket.destroy();
      void client.destroy();
    });
  };
  const conclude = (tell: () => void) => {
    pieces.flush();
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
      if (over) return;
      const headers = readHeaders(started.rawHeaders);
      // 1xx heads say that the real one is still to come.
      if (status < 200) {
        const flood = keepInformational(watch, { status, headers, atMs: nowMs() }, url.host);
        if (flood) conclude(() => listener.error(flood));
        return;
      }
      noteSent();
      if (forwarder && status === 407) return refuse(`${status} ${statusText ?? ''}`.trim());
      listener.head(status, statusText ?? '', headers);
    },
    onResponseData(_started, chunk) {
      if (!over) pieces.push(chunk);
    },
    onResponseEnd(ended) {
      watch.trailers = readHeaders(ended.rawTrailers);
      conclude(() => (resetError ? listener.error(resetError) : listener.end()));
    },
    onResponseError(_started, error) {
      conclude(() => listener.error(alert ?? error));
    },
  };
  const refuse = (answer: string) => {
    const proxy = forwarder ? hostAndPort(forwarder.host, forwarder.port) : '';
    conclude(() =>
      listener.error(new TransportError('proxy', proxyRefusalText(proxy, url.host, answer), '407')),
    );
  };

  client.dispatch(
    {
      origin: url.origin,
      path: forwarder ? message.url : url.pathname + url.search,
      method: message.method,
      // undici writes header values as latin1, so UTF-8 bytes are handed over as one character each.
      headers: headersFor(message, forwarder).flatMap(([name, value]) => [
        name,
        Buffer.from(value).toString('latin1'),
      ]),
      body: bodyStream(message.body),
    },
    handler,
  );

  return {
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    abort() {
      if (over) return;
      pieces.drop();
      close();
      controller?.abort(new Error('Aborted'));
    },
  };
}

function headersFor(message: RequestMessage, forwarder: ProxyServer | null): readonly HeaderPair[] {
  const authorization = forwarder && proxyAuthorization(forwarder);
  return authorization === null
    ? message.headers
    : [...message.headers, ['Proxy-Authorization', authorization]];
}

/** undici does not tell the version in the status line, so the first bytes that it reads are looked at on the way. */
function watchVersion(socket: Socket, watch: SocketWatch): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (chunk instanceof Uint8Array) {
      watch.httpVersion =
        /^HTTP\/(\d\.\d)/.exec(Buffer.from(chunk.subarray(0, 8)).toString('latin1'))?.[1] ?? '';
      socket.read = read;
    }
    return chunk;
  };
}

/** Name and value pairs in wire order, names as the server wrote them. */
function readHeaders(raw: unknown): HeaderPair[] {
  if (!Array.isArray(raw)) return [];
  const text = (part: unknown) => (part instanceof Uint8Array ? textOf(part) : String(part));
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([text(raw[at]), text(raw[at + 1])]);
  return pairs;
}
