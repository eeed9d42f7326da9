/** One request and its answer: finds the way, opens or shares a connection, and speaks the version that was agreed on. No redirects, no decoding. */
import type { Socket } from 'node:net';
import type { LimitSpec } from '../../shared/connection/limits.ts';
import type { RequestMessage } from '../../shared/connection/request-message.ts';
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../shared/connection/transport.ts';
import type { HopListener, HopStream } from './hop-listener.ts';
import type * as Http1 from './http1-hop.ts';
import { sendOverHttp2 } from './http2-hop.ts';
import type { Http2Pool, Http2Way } from './http2-pool.ts';
import { openSocket, type OpenedSocket, type SocketRequest } from './open-socket.ts';
import { hostOf, routesTo, type SystemProxy } from './proxy-route.ts';
import { createSocketWatch, type SocketWatch } from './socket-watch.ts';
import { secureContextFor, type ContextCache } from './tls-settings.ts';
import { TransportError } from './transport-error.ts';

/** undici is as large as everything else together: it is read when the first request needs it, or before, when there is time. */
export const loadHttp1 = (): Promise<typeof Http1> => import('./http1-hop.ts');

/** What all hops of a port share. */
export interface HopSurroundings {
  readonly nowMs: () => number;
  /** PEM; trusted besides those of the runtime. */
  readonly certificates: string | null;
  readonly systemProxy: SystemProxy;
  readonly pool: Http2Pool;
  readonly contexts: ContextCache;
}

export interface HopOptions {
  readonly limits: LimitSpec;
  readonly transport: TransportSpec;
}

export interface Hop extends HopStream {
  readonly watch: SocketWatch;
}

/** Sends the request. The listener is never called before this returns. */
export function openHop(
  message: RequestMessage,
  { limits, transport }: HopOptions,
  surroundings: HopSurroundings,
  listener: HopListener,
): Hop {
  const { nowMs, pool } = surroundings;
  const watch = createSocketWatch();
  let stream: HopStream | null = null;
  let socket: Socket | null = null;
  let paused = false;
  let over = false;

  const send = (way: Http2Way, { sendOverHttp1 }: typeof Http1): void => {
    const { maxHeadBytes, maxSentBytes } = limits;
    if (way.kind === 'shared') {
      copyConnection(way.connection.watch, watch, way.reused);
      if (over) return way.connection.release();
      stream = sendOverHttp2(
        message,
        { connection: way.connection, maxHeadBytes, maxSentBytes, nowMs, watch },
        listener,
      );
    } else {
      if (over) return void way.opened.socket.destroy();
      checkVersion(transport, message.url, way.opened);
      stream = sendOverHttp1(message, { ...way.opened, maxHeadBytes, maxSentBytes, nowMs, watch }, listener);
    }
    if (paused) stream.pause();
  };

  const run = async (): Promise<void> => {
    const http1 = await loadHttp1();
    const request = await prepare(message, transport, surroundings, watch, (opened) => {
      socket = opened;
      // Whoever uses the socket hears its errors too; nobody must not.
      opened.on('error', () => {});
      if (over) opened.destroy();
    });
    if (over) return;
    const open = async (): Promise<OpenedSocket> => {
      const opened = await openSocket(request);
      // Prior knowledge: in the clear nothing is agreed on.
      const isH2 =
        opened.alpn === 'h2' || (transport.httpVersion === '2' && request.url.protocol === 'http:');
      return isH2 && !opened.forwarder ? { ...opened, alpn: 'h2' } : opened;
    };
    const key = poolKey(request, transport);
    send(
      key === null
        ? { kind: 'own', opened: await open() }
        : await pool.take(key, request.url.origin, watch, open),
      http1,
    );
  };

  run().catch((error: unknown) => {
    socket?.destroy();
    if (over) return;
    over = true;
    listener.error(error);
  });

  return {
    watch,
    pause() {
      paused = true;
      stream?.pause();
    },
    resume() {
      paused = false;
      stream?.resume();
    },
    abort() {
      if (over && !stream) return;
      over = true;
      // A socket without a stream is still being opened, and belongs to nobody else.
      if (stream) stream.abort();
      else socket?.destroy();
    },
  };
}

async function prepare(
  message: RequestMessage,
  transport: TransportSpec,
  { nowMs, certificates, systemProxy, contexts }: HopSurroundings,
  watch: SocketWatch,
  onSocket: (socket: Socket) => void,
): Promise<SocketRequest> {
  const url = new URL(message.url);
  const isTls = url.protocol === 'https:';
  const routes = transport.socketPath === '' ? await routesTo(url, transport.proxy, systemProxy) : [null];
  const secureContext = isTls ? await secureContextFor(transport.tls, certificates, contexts) : undefined;
  const proxyTls = { ...DEFAULT_TRANSPORT.tls, caFile: transport.tls.caFile };
  const proxyContext = routes.some((route) => route?.scheme === 'https')
    ? await secureContextFor(proxyTls, certificates, contexts)
    : undefined;
  return {
    url,
    transport,
    routes,
    secureContext,
    proxyContext,
    serverName: serverName(message, transport),
    alpn: offers(transport),
    nowMs,
    watch,
    onSocket,
  };
}

/** The name that the settings say, else the host that the request asks for. */
function serverName(message: RequestMessage, { tls }: TransportSpec): string {
  if (tls.serverName.trim() !== '') return tls.serverName.trim();
  const host = message.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  try {
    return hostOf(new URL(`https://${host}`));
  } catch {
    return hostOf(new URL(message.url));
  }
}

function offers({ httpVersion }: TransportSpec): readonly string[] {
  return httpVersion === 'auto' ? ['h2', 'http/1.1'] : httpVersion === '2' ? ['h2'] : ['http/1.1'];
}

/** What streams must have in common to share a connection; null when they never do. */
function poolKey({ url, routes, serverName: name }: SocketRequest, transport: TransportSpec): string | null {
  const isTls = url.protocol === 'https:';
  if (transport.httpVersion === '1.1' || (!isTls && transport.httpVersion !== '2')) return null;
  return JSON.stringify([url.origin, name, routes, transport]);
}

function checkVersion({ httpVersion }: TransportSpec, url: string, { alpn, forwarder }: OpenedSocket): void {
  if (httpVersion !== '2' || alpn === 'h2') return;
  const why = forwarder
    ? 'An HTTP proxy is asked in HTTP/1.1 for http: addresses. Let it open a tunnel, or choose another HTTP version'
    : `${new URL(url).host} does not offer HTTP/2. Choose "automatic" or HTTP/1.1`;
  throw new TransportError('http2', `${why} under "TLS and proxy".`, 'ALPN');
}

/** Takes over what is known of a connection; the times of one that was open before are not this hop's. */
function copyConnection(from: SocketWatch, to: SocketWatch, reused: boolean): void {
  const { remoteAddress, localAddress, proxy, socketPath, tls } = from;
  Object.assign(to, { remoteAddress, localAddress, proxy, socketPath, tls, reused });
}
