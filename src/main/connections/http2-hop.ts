/** One request and its answer as a stream of an HTTP/2 connection, by node:http2. One call a socket read. */
import http2, {
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import type { HeaderPair } from '../../shared/session/entry.ts';
import { bodyStream } from './body-stream.ts';
import { createPieceJoiner, keepInformational, type HopListener, type HopStream } from './hop-listener.ts';
import { connectionLost, goneAway, longHead, notHttp2, streamReset } from './http2-failure.ts';
import type { SharedConnection } from './http2-pool.ts';
import { createSentBody } from './sent-body.ts';
import { textOf } from './sent-bytes.ts';
import type { SocketWatch } from './socket-watch.ts';

export interface Http2Options {
  readonly connection: SharedConnection;
  readonly maxHeadBytes: number;
  readonly maxSentBytes: number;
  readonly nowMs: () => number;
  readonly watch: SocketWatch;
}

/** Headers that HTTP/2 says otherwise or does not have (RFC 9113 section 8.2.2). */
const NOT_SENT = new Set([
  'host',
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** Sends the request. The listener is never called before this returns. */
export function sendOverHttp2(
  message: RequestMessage,
  { connection, maxHeadBytes, maxSentBytes, nowMs, watch }: Http2Options,
  listener: HopListener,
): HopStream {
  const { host } = new URL(message.url);
  const body = bodyStream(message.body);
  const pairs = headerList(message);
  let stream: ClientHttp2Stream;
  let over = false;
  let sawHead = false;
  let sawEnd = false;
  let failure: Error | null = null;
  const pieces = createPieceJoiner(nowMs, (bytes, arrivedMs) => {
    if (!over) listener.data(bytes, arrivedMs);
  });
  const head = pairs.map(([name, value]) => `${name}: ${value}\n`).join('');
  const sentBody = createSentBody(maxSentBytes);
  const noteSent = () => void (watch.sent = { head, ...sentBody.read() });
  const conclude = (tell: () => void) => {
    if (watch.sent) noteSent();
    pieces.flush();
    connection.release();
    if (over) return;
    over = true;
    tell();
  };
  /** Why the stream is over although its end did not come. */
  const reason = (): Error => {
    const { goaway, error } = connection;
    const code = stream.rstCode ?? 0;
    const cause = failure ?? error;
    const name = cause && 'code' in cause ? String(cause.code) : '';
    if (goaway !== null && (connection.session.destroyed || code === http2.constants.NGHTTP2_REFUSED_STREAM))
      return goneAway(host, goaway);
    if (name === 'ERR_HTTP2_ERROR') return notHttp2(host, cause?.message ?? name);
    if (cause && !name.startsWith('ERR_HTTP2_')) return cause;
    if (connection.session.destroyed || connection.session.closed) return connectionLost(host, sawHead);
    return streamReset(host, code);
  };
  const drop = () => {
    noteSent();
    pieces.drop();
    connection.retire();
    stream.close(http2.constants.NGHTTP2_CANCEL);
    // Nobody reads what is left, and a stream that is not read does not close.
    stream.resume();
  };
  const refuse = (error: Error) => {
    if (over) return;
    over = true;
    drop();
    listener.error(error);
  };

  try {
    stream = connection.session.request(headerObject(pairs), { endStream: body === null });
  } catch (error) {
    queueMicrotask(() => conclude(() => listener.error(error)));
    return { pause() {}, resume() {}, abort: () => void (over = true) };
  }
  stream.on('headers', (headers: IncomingHttpHeaders, _flags: number, raw: unknown) => {
    const status = Number(headers[':status'] ?? 0);
    const flood = keepInformational(watch, { status, headers: readPairs(raw), atMs: nowMs() }, host);
    if (flood) refuse(flood);
  });
  stream.on('response', (headers: IncomingHttpHeaders, _flags: number, raw: unknown) => {
    sawHead = true;
    noteSent();
    watch.streamId = stream.id ?? null;
    if (headBytes(raw) > maxHeadBytes) return refuse(longHead(host));
    if (!over) listener.head(Number(headers[':status'] ?? 0), '', readPairs(raw));
  });
  stream.on('trailers', (_trailers, _flags, raw: unknown) => (watch.trailers = readPairs(raw)));
  stream.on('data', (chunk: Buffer) => {
    if (!over) pieces.push(chunk);
  });
  // A stream that was reset is ended in the same way, but is closed by then.
  const push = stream.push.bind(stream);
  stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null && !stream.closed) sawEnd = true;
    return push(chunk, encoding);
  };
  stream.on('error', (error: Error) => (failure ??= error));
  stream.on('close', () => {
    const clean = sawEnd && sawHead && !failure && (stream.rstCode ?? 0) === http2.constants.NGHTTP2_NO_ERROR;
    if (clean) return conclude(() => listener.end());
    connection.retire();
    // The connection's own end, which may name the cause, is told right after that of its streams.
    setImmediate(() => {
      const why = reason();
      conclude(() => listener.error(why));
    });
  });
  watch.httpVersion = '2';
  noteSent();
  if (typeof body === 'string') {
    const bytes = Buffer.from(body);
    sentBody.push(bytes);
    noteSent();
    stream.end(bytes);
  } else if (body !== null) {
    body.on('data', (part: Buffer) => sentBody.push(part));
    body.on('error', (error: Error) => stream.destroy(error));
    body.pipe(stream);
  }

  return {
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    abort() {
      if (over) return;
      over = true;
      drop();
    },
  };
}

/** The header list in wire order: pseudo-headers first, names in small letters, equal names joined. */
function headerList(message: RequestMessage): HeaderPair[] {
  const url = new URL(message.url);
  const authority = message.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? url.host;
  const list = new Map<string, string>([
    [':method', message.method],
    [':scheme', url.protocol.slice(0, -1)],
    [':authority', authority],
    [':path', url.pathname + url.search],
  ]);
  for (const [name, value] of message.headers) {
    const key = name.toLowerCase();
    if (NOT_SENT.has(key)) continue;
    const before = list.get(key);
    list.set(key, before === undefined ? value : `${before}${key === 'cookie' ? '; ' : ', '}${value}`);
  }
  return [...list];
}

/** node:http2 writes header values as latin1, so UTF-8 bytes are handed over as one character each. */
function headerObject(pairs: readonly HeaderPair[]): OutgoingHttpHeaders {
  return Object.fromEntries(pairs.map(([name, value]) => [name, Buffer.from(value).toString('latin1')]));
}

/** The size of a header list as HTTP/2 counts it (RFC 9113 section 6.5.2, SETTINGS_MAX_HEADER_LIST_SIZE). */
function headBytes(raw: unknown): number {
  if (!Array.isArray(raw)) return 0;
  return raw.reduce<number>((sum, part) => sum + String(part).length + 16, 0);
}

/** Name and value pairs in wire order, without pseudo-headers. */
function readPairs(raw: unknown): HeaderPair[] {
  if (!Array.isArray(raw)) return [];
  const text = (part: unknown) => textOf(Buffer.from(String(part), 'latin1'));
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([text(raw[at]), text(raw[at + 1])]);
  return pairs.filter(([name]) => !name.startsWith(':'));
}
