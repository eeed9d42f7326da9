/** Opens sockets for undici and tells what happens to them: when name, connection and TLS were there, and to whom they lead. */
import './file-global.ts';
import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { buildConnector } from 'undici';

export interface SocketWatch {
  /** All on the clock that was given; null until it happened, or when it does not happen. */
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  remoteAddress: string | null;
  /** As the status line says; "" before it arrived. */
  httpVersion: string;
  /** The socket was reset; undici takes that for a clean end where the length of a body is unknown. */
  resetError: Error | null;
  /** Called when the server has closed its side, before undici hears of it. */
  beforeEnd: (() => void) | null;
  /** Closes the socket, also one that is still connecting. */
  destroy(): void;
}

export interface ConnectorOptions {
  readonly nowMs: () => number;
  /** What TLS connections trust; default: what the runtime trusts. */
  readonly secureContext?: SecureContext;
}

/** No address is tried for longer than this. */
const CONNECT_TIMEOUT_MS = 20_000;

/** A connector for one socket, and the watch over it. */
export function watchedConnector(options: ConnectorOptions): {
  connect: buildConnector.connector;
  watch: SocketWatch;
} {
  const build = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    autoSelectFamily: true,
    ...(options.secureContext === undefined ? {} : { secureContext: options.secureContext }),
  });
  let socket: Socket | null = null;
  const watch: SocketWatch = {
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    remoteAddress: null,
    httpVersion: '',
    resetError: null,
    beforeEnd: null,
    destroy: () => socket?.destroy(),
  };
  const connect: buildConnector.connector = (target, callback) => {
    // undici's own connector returns the socket, which its type does not say.
    const opened = build(target, callback) as unknown as Socket;
    socket = opened;
    opened.once('lookup', () => (watch.dnsMs = options.nowMs()));
    opened.once('connect', () => {
      watch.connectMs = options.nowMs();
      watch.remoteAddress = addressOf(opened);
    });
    opened.once('secureConnect', () => (watch.tlsMs = options.nowMs()));
    opened.prependListener('end', () => watch.beforeEnd?.());
    opened.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ECONNRESET') watch.resetError = error;
    });
    watchVersion(opened, watch);
  };
  return { connect, watch };
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

function addressOf(socket: Socket): string | null {
  const { remoteAddress, remotePort, remoteFamily } = socket;
  if (remoteAddress === undefined) return null;
  return remoteFamily === 'IPv6' ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`;
}
