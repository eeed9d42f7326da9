/** Opens a socket to a server: through a proxy or straight, in the clear or with TLS, and notes when each step was done. */
import net, { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { TransportSpec } from '../../shared/connection/transport.ts';
import { hostAndPort, hostOf, proxyText, type ProxyServer, type Route } from './proxy-route.ts';
import { openTunnel } from './proxy-tunnel.ts';
import { openSocks5 } from './socks5.ts';
import type { SocketWatch } from './socket-watch.ts';
import { tlsFactsOf } from './tls-facts.ts';
import { codeOrMessage, TransportError } from './transport-error.ts';

export interface SocketRequest {
  readonly url: URL;
  readonly transport: TransportSpec;
  /** The ways to try, in order. */
  readonly routes: readonly Route[];
  readonly secureContext: SecureContext | undefined;
  /** For the TLS of an https: proxy: whom to trust, and nobody's client certificate. */
  readonly proxyContext: SecureContext | undefined;
  /** The name for SNI and for the certificate. */
  readonly serverName: string;
  /** Protocols to offer over TLS, the preferred first. */
  readonly alpn: readonly string[];
  readonly nowMs: () => number;
  readonly watch: SocketWatch;
  /** Called with each socket as soon as it exists, so that it can be destroyed. */
  readonly onSocket: (socket: Socket) => void;
}

export interface OpenedSocket {
  readonly socket: Socket;
  /** "h2", "http/1.1", or "" when TLS was not asked or agreed on nothing. */
  readonly alpn: string;
  /** An HTTP proxy that is to be asked for the whole address, instead of a tunnel. */
  readonly forwarder: ProxyServer | null;
}

/** No proxy is tried for longer than this, and no handshake with one: there may be another way. */
const PROXY_TIMEOUT_MS = 20_000;
const HANDSHAKE_TIMEOUT_MS = 30_000;
/** For the server itself. How long it may take is a setting of the endpoint, and the connection machine watches it. */
const SERVER_TIMEOUT_MS = 600_000;

/** Throws what the network throws, or a `TransportError`. */
export async function openSocket(request: SocketRequest): Promise<OpenedSocket> {
  let failure: unknown = null;
  for (const route of request.routes) {
    try {
      return await openThrough(request, route);
    } catch (error) {
      failure ??= error;
      // Another way is only worth trying when this proxy could not be reached.
      if (!(error instanceof TransportError && error.failure.code === 'proxy')) break;
    }
  }
  throw failure;
}

async function openThrough(request: SocketRequest, route: Route): Promise<OpenedSocket> {
  const { url, transport, watch, nowMs } = request;
  const isTls = url.protocol === 'https:';
  const host = hostOf(url);
  const port = Number(url.port) || (isTls ? 443 : 80);
  const proxy = transport.socketPath === '' ? route : null;
  watch.proxy = proxy && proxyText(proxy);
  let socket = await dial(request, proxy, host, port);
  let forwarder: ProxyServer | null = null;
  if (proxy?.scheme === 'socks5') await inTime(socket, proxy.host, openSocks5(socket, proxy, host, port));
  else if (proxy && (isTls || transport.proxy.tunnelHttp))
    await inTime(socket, proxy.host, openTunnel(socket, proxy, host, port));
  else forwarder = proxy;
  if (proxy && !forwarder) watch.proxyMs = nowMs();
  if (!isTls) return { socket, alpn: '', forwarder };

  socket = await secure(request, socket, host);
  return { socket, alpn: watch.tls?.alpn ?? '', forwarder };
}

/** A connection to the server, or to the proxy, its own TLS included. */
async function dial(
  { transport, proxyContext, watch, nowMs, onSocket }: SocketRequest,
  proxy: ProxyServer | null,
  host: string,
  port: number,
): Promise<Socket> {
  const { socketPath, addressFamily } = transport;
  const family = addressFamily === 'auto' ? { autoSelectFamily: true } : { family: Number(addressFamily) };
  watch.socketPath = socketPath === '' ? null : socketPath;
  const to = proxy ?? { host, port };
  const socket = net.connect(
    socketPath === '' ? { host: to.host, port: to.port, ...family } : { path: socketPath },
  );
  onSocket(socket);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  socket.once('lookup', () => (watch.dnsMs = nowMs()));
  try {
    await inTime(socket, to.host, once(socket, 'connect'), proxy ? PROXY_TIMEOUT_MS : SERVER_TIMEOUT_MS);
  } catch (error) {
    throw inWords(error, proxy, socketPath);
  }
  watch.connectMs = nowMs();
  watch.remoteAddress = addressText(socket.remoteAddress, socket.remotePort);
  watch.localAddress = addressText(socket.localAddress, socket.localPort);
  if (proxy?.scheme !== 'https') return socket;

  const secured = tls.connect({
    socket,
    host: proxy.host,
    servername: isIP(proxy.host) === 0 ? proxy.host : '',
    ALPNProtocols: ['http/1.1'],
    ...(proxyContext === undefined ? {} : { secureContext: proxyContext }),
  });
  onSocket(secured);
  try {
    await inTime(secured, proxy.host, once(secured, 'secureConnect'), HANDSHAKE_TIMEOUT_MS);
  } catch (error) {
    const code = codeOrMessage(error);
    throw new TransportError(
      'proxy',
      `The secure connection to the proxy ${hostAndPort(proxy.host, proxy.port)} failed (${code}). Check its address, and whether it is an https: proxy.`,
      code,
    );
  }
  return secured;
}

async function secure(request: SocketRequest, socket: Socket, host: string): Promise<Socket> {
  const { transport, secureContext, serverName, alpn, watch, nowMs, onSocket } = request;
  const verify = !transport.tls.unverified;
  const secured = tls.connect({
    socket,
    // What the certificate is held against when there is no name to ask for.
    host,
    servername: isIP(serverName) === 0 ? serverName : '',
    ALPNProtocols: [...alpn],
    rejectUnauthorized: verify,
    ...(secureContext === undefined ? {} : { secureContext }),
  });
  onSocket(secured);
  await inTime(secured, host, once(secured, 'secureConnect'), SERVER_TIMEOUT_MS);
  watch.tlsMs = nowMs();
  watch.tls = tlsFactsOf(secured, isIP(serverName) === 0 ? serverName : '', verify);
  return secured;
}

/** Resolves with the event; rejects with the socket's error, or when it closes before. */
function once(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => done(() => reject(error));
    const close = () => fail(Object.assign(new Error('The connection was closed'), { code: 'ECONNRESET' }));
    const pass = () => done(resolve);
    const done = (tell: () => void) => {
      socket.off('error', fail).off('close', close).off(event, pass);
      tell();
    };
    socket.on('error', fail).on('close', close).on(event, pass);
  });
}

/** Destroys the socket when the step takes too long. */
async function inTime(
  socket: Socket,
  host: string,
  step: Promise<void>,
  mostMs = HANDSHAKE_TIMEOUT_MS,
): Promise<void> {
  const timer = setTimeout(
    () => socket.destroy(Object.assign(new Error(`${host} did not answer in time`), { code: 'ETIMEDOUT' })),
    mostMs,
  );
  try {
    await step;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A socket that could not be opened, when what is dialled is not what the address says. */
function inWords(error: unknown, proxy: ProxyServer | null, socketPath: string): unknown {
  const code = codeOrMessage(
    error instanceof AggregateError && codeOrMessage(error) === '' ? error.errors[0] : error,
  );
  if (proxy)
    return new TransportError(
      'proxy',
      `The proxy ${hostAndPort(proxy.host, proxy.port)} cannot be reached (${code}). Check its address, or connect without it.`,
      code,
    );
  if (socketPath === '') return error;
  const why =
    {
      ENOENT: 'does not exist. Check the path, and that the server runs',
      ECONNREFUSED: 'exists, and nobody listens at it. Check that the server runs',
      EACCES: 'may not be used by you. Check its permissions',
      ENOTSOCK: 'is not a socket. Check the path',
    }[code] ?? `cannot be opened (${code})`;
  return new TransportError('refused', `The unix socket ${socketPath} ${why}.`, code);
}

function addressText(address: string | undefined, port: number | undefined): string | null {
  return address === undefined || port === undefined ? null : hostAndPort(address, port);
}
