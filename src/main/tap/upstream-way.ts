/**
 * The way to the server behind a tap: a connection of its own for each client connection, opened as endpoints open theirs
 * (proxies, authorities, client certificates). HTTP/1.1 is spoken as it came; for a server that is to be asked in HTTP/2 a bridge
 * translates.
 */
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { DEFAULT_TRANSPORT, type TransportSpec } from '../../shared/connection/transport.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import type { TapTarget } from '../../shared/tap/target-url.ts';
import { extraCertificates, systemCertificates } from '../connections/extra-certificates.ts';
import { createHttp2Pool } from '../connections/http2-pool.ts';
import { openSocket, type OpenedSocket } from '../connections/open-socket.ts';
import { hostOf, routesTo, type ProxyServer, type SystemProxy } from '../connections/proxy-route.ts';
import { proxyAuthorization } from '../connections/proxy-tunnel.ts';
import { createSocketWatch, type SocketWatch } from '../connections/socket-watch.ts';
import { secureContextFor, type ContextCache } from '../connections/tls-settings.ts';
import { createHttp2Bridge, noHttp2 } from './http2-bridge.ts';

export interface UpstreamWay {
  /** Takes and gives HTTP/1.1. */
  readonly stream: Duplex;
  /** The socket, where the client's end and the server's are one to one; null behind a bridge. */
  readonly socket: Socket | null;
  readonly watch: SocketWatch;
  /** An HTTP proxy that wants the whole address in the request line, and perhaps credentials. */
  readonly forwarder: { readonly authorization: string | null } | null;
}

export interface UpstreamDeps {
  readonly nowMs: () => number;
  readonly byteText: ByteText;
  readonly systemProxy: SystemProxy;
  /** PEM; trusted besides those of the runtime. Default: what connections trust. */
  readonly certificates?: string | null;
}

export type OpenUpstream = (target: TapTarget, transport: TransportSpec) => Promise<UpstreamWay>;

export function createUpstream(deps: UpstreamDeps): OpenUpstream {
  const { nowMs, byteText, systemProxy } = deps;
  const contexts: ContextCache = new Map();
  const pool = createHttp2Pool();
  let trusted: string | null | undefined = deps.certificates;
  const certificates = () =>
    (trusted ??=
      [extraCertificates(process.env), systemCertificates()].filter((pem) => pem !== null).join('\n') ||
      null);

  return async (target, transport) => {
    const url = new URL(target.origin);
    const watch = createSocketWatch();
    const { caFile, serverName } = transport.tls;
    const routes = transport.socketPath === '' ? await routesTo(url, transport.proxy, systemProxy) : [null];
    const secureContext = target.isTls
      ? await secureContextFor(transport.tls, certificates(), contexts)
      : undefined;
    const proxyContext = routes.some((route) => route?.scheme === 'https')
      ? await secureContextFor({ ...DEFAULT_TRANSPORT.tls, caFile }, certificates(), contexts)
      : undefined;
    const asHttp2 = transport.httpVersion === '2';
    const open = (): Promise<OpenedSocket> =>
      openSocket({
        url,
        transport: asHttp2 ? { ...transport, proxy: { ...transport.proxy, tunnelHttp: true } } : transport,
        routes,
        secureContext,
        proxyContext,
        serverName: serverName.trim() || hostOf(url),
        alpn: asHttp2 ? ['h2'] : ['http/1.1'],
        nowMs,
        watch,
        // Whoever uses the socket hears its errors too; nobody must not.
        onSocket: (socket) => socket.on('error', () => {}),
      });
    if (!asHttp2) {
      const { socket, forwarder } = await open();
      return { stream: socket, socket, watch, forwarder: forwarder && askedOf(forwarder) };
    }
    const key = JSON.stringify([target.origin, serverName, routes, transport]);
    // In the clear nothing is agreed on: HTTP/2 is spoken because the tap says so.
    const openHttp2 = async () => (target.isTls ? open() : { ...(await open()), alpn: 'h2' });
    const take = () => pool.take(key, target.origin, watch, openHttp2);
    const first = await take();
    if (first.kind === 'own') {
      first.opened.socket.destroy();
      throw noHttp2(target);
    }
    const stream = createHttp2Bridge({ target, byteText, first: first.connection, take, watch });
    return { stream, socket: null, watch, forwarder: null };
  };
}

function askedOf(proxy: ProxyServer): { readonly authorization: string | null } {
  return { authorization: proxyAuthorization(proxy) };
}
