/** The server's side of a tapped connection: opened with the first request that goes there, and then as long-lived as the client's. */
import type { Duplex } from 'node:stream';
import type { SocketWatch } from '../connections/socket-watch.ts';
import { resetSocket } from './reset-socket.ts';
import type { UpstreamWay } from './upstream-way.ts';

export interface ServerSide {
  /** null before there is a connection. */
  readonly stream: Duplex | null;
  /** Sends a request's head, which may depend on the way; opens the connection for the first. */
  sendHead(head: (forwarder: UpstreamWay['forwarder']) => Uint8Array): void;
  /** Sends now, or when the connection is open. */
  send(bytes: Uint8Array): void;
  /** The client sends nothing more. */
  end(): void;
  /** Closes it; `reset`: as the client did. */
  destroy(reset?: boolean): void;
}

export interface ServerSideOptions {
  readonly open: () => Promise<UpstreamWay>;
  /** Filled with what is known of the connection. */
  readonly watch: SocketWatch;
  /** Writes with back-pressure. */
  readonly write: (bytes: Uint8Array) => void;
  readonly onData: (bytes: Buffer) => void;
  readonly onEnd: () => void;
  readonly onDrain: () => void;
  /** It is gone: by an error, or just so. */
  readonly onLost: (error: Error | null) => void;
  readonly onOpenFailed: (error: unknown) => void;
}

export function createServerSide(options: ServerSideOptions): ServerSide {
  let way: UpstreamWay | null = null;
  let opening = false;
  let over = false;
  let ended = false;
  let early: (() => void)[] = [];

  const opened = (next: UpstreamWay) => {
    if (over) return void next.stream.destroy();
    way = next;
    const { stream } = next;
    // What came besides bodies belongs to one exchange; the rest to the connection.
    const { informational, trailers, ...facts } = next.watch;
    void informational;
    void trailers;
    Object.assign(options.watch, facts);
    stream.on('data', options.onData);
    stream.on('end', options.onEnd);
    stream.on('drain', options.onDrain);
    stream.on('error', (error) => options.onLost(error));
    stream.on('close', () => options.onLost(null));
    for (const send of early) send();
    early = [];
    if (ended) end();
  };
  const end = () => {
    ended = true;
    if (!way) return;
    // Behind a bridge there is nobody who could be told that a side is closed: as Node's own server does, it is an abort.
    if (way.socket) way.stream.end();
    else way.stream.destroy();
  };
  const later = (act: () => void) => {
    if (way) act();
    else early.push(act);
  };

  return {
    get stream() {
      return way?.stream ?? null;
    },
    sendHead(head) {
      later(() => options.write(head(way?.forwarder ?? null)));
      if (way || opening) return;
      opening = true;
      options.open().then(opened, (error: unknown) => {
        if (!over) options.onOpenFailed(error);
      });
    },
    send: (bytes) => later(() => options.write(bytes)),
    end,
    destroy(reset = false) {
      over = true;
      early = [];
      if (!way) return;
      const { socket, stream } = way;
      // TLS has no reset of its own; a plain socket passes on what the client did.
      if (reset && socket && !('encrypted' in socket)) resetSocket(socket);
      else stream.destroy();
    },
  };
}
