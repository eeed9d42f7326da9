/** An HTTP/2 server over TLS on loopback, with the fixture certificate for localhost, that counts its connections. */
import { readFileSync } from 'node:fs';
import http2, { type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';

const fixture = (name: string) => readFileSync(resolve(import.meta.dirname, '../fixtures/tls', name), 'utf8');

/** To be trusted by whoever connects. */
export const LOCALHOST_CERTIFICATE = fixture('localhost-cert.pem');
export const LOCALHOST_KEY = fixture('localhost-key.pem');

export interface Http2Server {
  readonly origin: string;
  readonly port: number;
  readonly sessions: readonly http2.ServerHttp2Session[];
  readonly streams: readonly ServerHttp2Stream[];
  /** Closes all sockets without a word. */
  drop(): void;
  close(): Promise<void>;
}

export async function startHttp2Server(
  answer: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
  settings: http2.Settings = {},
  /** What clients of HTTP/1.1 get. */
  answerHttp1?: (response: http2.Http2ServerResponse) => void,
): Promise<Http2Server> {
  const sessions: http2.ServerHttp2Session[] = [];
  const streams: ServerHttp2Stream[] = [];
  const server = http2.createSecureServer({
    cert: LOCALHOST_CERTIFICATE,
    key: LOCALHOST_KEY,
    settings,
    allowHTTP1: true,
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => {});
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    streams.push(stream);
    stream.on('error', () => {});
    answer(stream, headers);
  });
  if (answerHttp1) server.on('request', (_request, response) => answerHttp1(response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    port,
    sessions,
    streams,
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const session of sessions) session.destroy();
      }),
  };
}
