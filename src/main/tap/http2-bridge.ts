/**
 * Speaks HTTP/2 to a server and HTTP/1.1 to the tap: what is written to it is a client's requests, what is read from it are the
 * answers. One request at a time, each a stream of a shared connection. Names come in small letters and without a status text,
 * because HTTP/2 has it so; bodies are untouched.
 */
import http2, {
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { STATUS_CODES } from 'node:http';
import { Duplex } from 'node:stream';
import type { HeaderPair } from '../../shared/session/entry.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { requestBody } from '../../shared/tap/http1-body.ts';
import { headerPairs, listMembers, requestLine, type MessageHead } from '../../shared/tap/http1-head.ts';
import { createMessageReader } from '../../shared/tap/http1-reader.ts';
import type { TapTarget } from '../../shared/tap/target-url.ts';
import { connectionLost, streamReset } from '../connections/http2-failure.ts';
import type { Http2Way, SharedConnection } from '../connections/http2-pool.ts';
import type { SocketWatch } from '../connections/socket-watch.ts';
import { TransportError } from '../connections/transport-error.ts';

export interface Http2BridgeOptions {
  readonly target: TapTarget;
  readonly byteText: ByteText;
  readonly first: SharedConnection;
  readonly take: () => Promise<Http2Way>;
  readonly watch: SocketWatch;
}

/** Headers that HTTP/2 says otherwise or does not have (RFC 9113 section 8.2.2). */
const NOT_SENT =
  /^(?:host|connection|keep-alive|proxy-connection|transfer-encoding|upgrade|http2-settings|expect)$/i;
const MAX_HEAD_BYTES = 1024 * 1024;

export function createHttp2Bridge(options: Http2BridgeOptions): Duplex {
  const { target, watch } = options;
  let next: SharedConnection | null = options.first;
  let stream: ClientHttp2Stream | null = null;
  let method = '';
  let version = '';
  let chunked = false;
  /** The end of the answer is the end of the connection: because of what the client asked, or because it knows no chunks. */
  let closes = false;
  let asksToClose = false;
  let requestTrailers: readonly HeaderPair[] = [];
  /** Parts of the request that wait for the stream. */
  let early: Buffer[] = [];
  let requestEnded = false;

  const bridge = new Duplex({
    read: () => void stream?.resume(),
    write(bytes: Buffer, _encoding, done) {
      try {
        for (let at = 0; at < bytes.length;) at += reader.push(bytes.subarray(at));
      } catch (error) {
        return done(error instanceof Error ? error : new Error(String(error)));
      }
      if (stream?.writableNeedDrain) stream.once('drain', () => done());
      else done();
    },
    final: (done) => done(),
    destroy(error, done) {
      stream?.close(http2.constants.NGHTTP2_CANCEL);
      // Nobody reads what is left, and a stream that is not read does not close.
      stream?.resume();
      next?.release();
      next = null;
      done(error);
    },
  });
  watch.httpVersion = '2';

  const say = (text: string) => give(Buffer.from(text, 'latin1'));
  const give = (bytes: Buffer) => {
    if (!bridge.destroyed && !bridge.push(bytes)) stream?.pause();
  };

  const open = (connection: SharedConnection, head: MessageHead, endStream: boolean) => {
    const headers = headerObject(head, target);
    const asked = connection.session.request(headers, { endStream, waitForTrailers: !endStream });
    stream = asked;
    let headed = false;
    let clean = false;
    // Without trailers this ends the request's side alone.
    asked.on('wantTrailers', () => asked.sendTrailers(Object.fromEntries(requestTrailers)));
    asked.on('headers', (informational: Record<string, unknown>, _flags: number, raw: unknown) =>
      say(headText(Number(informational[':status'] ?? 0), readPairs(raw))),
    );
    asked.on('response', (answer: IncomingHttpHeaders, _flags: number, raw: unknown) => {
      headed = true;
      watch.streamId = asked.id ?? null;
      const status = Number(answer[':status'] ?? 0);
      const pairs = readPairs(raw);
      const sized = pairs.some(([name]) => name === 'content-length');
      const bodiless = method === 'HEAD' || status === 204 || status === 304;
      chunked = !sized && !bodiless && version !== 'HTTP/1.0';
      closes = asksToClose || (!sized && !bodiless && !chunked);
      say(headText(status, chunked ? [...pairs, ['transfer-encoding', 'chunked']] : pairs));
    });
    let trailers: HeaderPair[] = [];
    asked.on('trailers', (_trailers, _flags, raw: unknown) => (trailers = readPairs(raw)));
    asked.on('data', (part: Buffer) => {
      if (method === 'HEAD') return;
      give(chunked ? Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, CRLF]) : part);
    });
    asked.on('end', () => {
      clean = headed && sawEnd;
      if (clean && chunked)
        say(`0\r\n${trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    });
    // A stream that was reset is ended in the same way, but is closed by then.
    let sawEnd = false;
    const push = asked.push.bind(asked);
    asked.push = (part: unknown, encoding?: BufferEncoding) => {
      if (part === null && !asked.closed) sawEnd = true;
      return push(part, encoding);
    };
    let failure: Error | null = null;
    asked.on('error', (error: Error) => (failure ??= error));
    asked.on('close', () => {
      connection.release();
      if (stream === asked) stream = null;
      if (bridge.destroyed) return;
      if (clean) {
        if (closes) bridge.push(null);
        return;
      }
      const code = asked.rstCode ?? 0;
      const gone = connection.session.destroyed || connection.session.closed;
      bridge.destroy(
        connection.error ??
          (gone
            ? connectionLost(target.authority, headed)
            : (failure ?? streamReset(target.authority, code))),
      );
    });
    for (const part of early) asked.write(part);
    early = [];
    if (requestEnded && !endStream) asked.end();
  };

  const reader = createMessageReader(options.byteText, MAX_HEAD_BYTES, {
    head(head) {
      ({ method, version } = requestLine(head));
      asksToClose = listMembers(head, 'connection').includes('close');
      requestEnded = false;
      requestTrailers = [];
      const shape = requestBody(head);
      const empty = shape.kind === 'none' || (shape.kind === 'length' && shape.bytes === 0);
      const held = next;
      next = null;
      if (held) open(held, head, empty);
      else
        void options.take().then(
          (way) => {
            if (way.kind === 'own') way.opened.socket.destroy();
            if (way.kind === 'own') bridge.destroy(noHttp2(target));
            else if (bridge.destroyed) way.connection.release();
            else open(way.connection, head, empty);
          },
          (error: Error) => bridge.destroy(error),
        );
      // The server hears no Expect: who waits for the permission to send a body gets it here.
      if (head.fields.some(({ name, value }) => /^expect$/i.test(name) && /^100-continue$/i.test(value)))
        say('HTTP/1.1 100 Continue\r\n\r\n');
      return shape;
    },
    wire() {},
    payload(bytes) {
      const part = Buffer.from(bytes);
      if (stream) stream.write(part);
      else early.push(part);
    },
    end(trailers) {
      requestEnded = true;
      requestTrailers = trailers.map(([name, value]) => [name.toLowerCase(), value]);
      if (stream && !stream.writableEnded) stream.end();
    },
  });
  return bridge;
}

const CRLF = Buffer.from('\r\n');

export function noHttp2({ authority }: TapTarget): TransportError {
  return new TransportError('http2', `${authority} does not offer HTTP/2. Set the tap to HTTP/1.1.`, 'ALPN');
}

function headText(status: number, pairs: readonly HeaderPair[]): string {
  const lines = pairs.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`;
}

function headerObject(head: MessageHead, target: TapTarget): OutgoingHttpHeaders {
  const { method, target: path } = requestLine(head);
  const headers: Record<string, string | string[]> = {
    ':method': method,
    ':scheme': target.isTls ? 'https' : 'http',
    ':authority': target.authority,
    ':path': path,
  };
  for (const [name, value] of headerPairs(head)) {
    const key = name.toLowerCase();
    if (NOT_SENT.test(key) || (key === 'te' && value.toLowerCase() !== 'trailers')) continue;
    const before = headers[key];
    headers[key] =
      before === undefined ? value : `${String(before)}${key === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

/** Name and value pairs in wire order, without pseudo-headers; one character a byte, as they go on. */
function readPairs(raw: unknown): HeaderPair[] {
  if (!Array.isArray(raw)) return [];
  const pairs: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([String(raw[at]), String(raw[at + 1])]);
  return pairs.filter(
    ([name]) => !name.startsWith(':') && !/^(?:connection|transfer-encoding|keep-alive)$/.test(name),
  );
}
