/**
 * A scripted HTTP server for tests: each path has a script that says what its calls are answered, step by step, and waits for
 * conditions instead of times. Everything that was asked is kept. What a bare socket is needed for is not its business.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, createBrotliCompress, createDeflate, createGzip, type Gzip } from 'node:zlib';

export type Encoding = 'gzip' | 'br' | 'deflate' | 'identity';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As the browser sent it: UTF-8. "" when there was none. */
  readonly lastEventId: string;
  readonly body: string;
}

export interface HeadOptions {
  /** Default 200. */
  readonly status?: number;
  /** Default `text/event-stream`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Each write is compressed and flushed. Default `identity`. */
  readonly encoding?: Encoding;
}

export interface ServerCall {
  /** From 1, among the calls of its path. */
  readonly number: number;
  readonly request: SeenRequest;
  /** Resolves when the client has gone, or the answer is over. */
  readonly closed: Promise<void>;
  readonly isClosed: boolean;
  /** Sends the head at once. Written without one, a body has the default head. */
  head(options?: HeadOptions): void;
  /** Resolves when the bytes are with the system, in a packet of their own; at once when the client has gone. */
  write(...pieces: readonly (string | Uint8Array)[]): Promise<void>;
  end(): void;
  /** FIN without the end of the chunked body: the body is truncated. */
  cut(): void;
  /** RST. */
  reset(): void;
  redirect(status: number, location: string): void;
}

export type Script = (call: ServerCall) => void | Promise<void>;

export interface SseServer {
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  /** Resolves with the call of this number (from 1, over all paths) when it is there. */
  call(number: number): Promise<ServerCall>;
  stop(): Promise<void>;
}

const STREAM = { 'content-type': 'text/event-stream' };

/** Starts a server on loopback and a free port. A path without a script is answered with 404. */
export async function startSseServer(scripts: Readonly<Record<string, Script>>): Promise<SseServer> {
  const calls: ServerCall[] = [];
  const waiting = new Map<number, (call: ServerCall) => void>();
  const numbers = new Map<string, number>();
  const faults: unknown[] = [];

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await seen(message);
    const number = (numbers.get(request.path) ?? 0) + 1;
    numbers.set(request.path, number);
    const call = createCall(number, request, response);
    calls.push(call);
    waiting.get(calls.length)?.(call);
    const script = scripts[request.path];
    if (script) await script(call);
    else response.writeHead(404).end();
  }

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      faults.push(error);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return calls.map((call) => call.request);
    },
    call(number) {
      const there = calls[number - 1];
      return there ? Promise.resolve(there) : new Promise((resolve) => waiting.set(number, resolve));
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      // A script that threw must not pass for a server that hung up.
      if (faults.length > 0) throw faults[0];
    },
  };
}

function createCall(number: number, request: SeenRequest, response: ServerResponse): ServerCall {
  const closed = once(response, 'close').then(() => {});
  let encoder: Gzip | null = null;
  response.on('error', () => {});

  const send = (piece: string | Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      response.once('close', resolve);
      const done = (): void => {
        response.off('close', resolve);
        resolve();
      };
      if (response.destroyed) return done();
      if (!encoder) return void response.write(piece, done);
      encoder.write(piece);
      encoder.flush(() => response.write(Buffer.concat(drained(encoder as Gzip)), done));
    });

  const call: ServerCall = {
    number,
    request,
    closed,
    get isClosed() {
      return response.destroyed || response.writableEnded;
    },
    head({ status = 200, headers = STREAM, encoding = 'identity' } = {}) {
      encoder = encoderFor(encoding);
      response.writeHead(status, encoder ? { ...headers, 'content-encoding': encoding } : { ...headers });
      response.flushHeaders();
    },
    async write(...pieces) {
      if (!response.headersSent) call.head();
      for (const piece of pieces) await send(piece);
    },
    end() {
      if (!response.headersSent) call.head();
      if (!encoder) return void response.end();
      encoder.once('end', () => response.end());
      encoder.on('data', (bytes: Uint8Array) => response.write(bytes));
      encoder.end();
    },
    cut: () => response.destroy(),
    reset: () => void response.socket?.resetAndDestroy(),
    redirect: (status, location) => void response.writeHead(status, { location }).end(),
  };
  return call;
}

function encoderFor(encoding: Encoding): Gzip | null {
  if (encoding === 'gzip') return createGzip();
  if (encoding === 'deflate') return createDeflate();
  if (encoding === 'br') {
    return createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH });
  }
  return null;
}

/** What a compressor has ready. */
function drained(encoder: Gzip): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let piece = encoder.read() as Uint8Array | null; piece; piece = encoder.read() as Uint8Array | null) {
    pieces.push(piece);
  }
  return pieces;
}

async function seen(message: IncomingMessage): Promise<SeenRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers,
    lastEventId: Buffer.from(headers['last-event-id'] ?? '', 'latin1').toString('utf8'),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
