/**
 * The open HTTP/2 connections. Streams to one server with the same settings share one, as many as the server allows; a
 * connection closes with its last stream. One on which a stream broke off or was dropped takes no new streams: whoever connects
 * again does not meet what it has just left.
 */
import http2, { type ClientHttp2Session } from 'node:http2';
import type { OpenedSocket } from './open-socket.ts';
import type { SocketWatch } from './socket-watch.ts';

export interface SharedConnection {
  readonly session: ClientHttp2Session;
  /** Of the hop that opened it. */
  readonly watch: SocketWatch;
  /** What the server's GOAWAY said; null before. */
  readonly goaway: number | null;
  /** What ended the connection; null when nothing did or nobody said. */
  readonly error: Error | null;
  /** It takes no new streams from now on. */
  retire(): void;
  /** One stream less; with the last one the connection closes. */
  release(): void;
}

export type Http2Way =
  | { readonly kind: 'shared'; readonly connection: SharedConnection; readonly reused: boolean }
  | { readonly kind: 'own'; readonly opened: OpenedSocket };

export interface Http2Pool {
  /**
   * A place on an open connection, or on one that `open` opens; `own` when the server speaks something else. While somebody opens
   * a connection with the same key, others wait for it. Rejects with what `open` rejects with.
   */
  take(key: string, origin: string, watch: SocketWatch, open: () => Promise<OpenedSocket>): Promise<Http2Way>;
}

interface Held extends SharedConnection {
  streams: number;
  retired: boolean;
  goaway: number | null;
  error: Error | null;
}

const MIB = 1024 * 1024;
/** What may be under way to one stream, and to all: a stream that is not read must not hold up the others. */
const STREAM_WINDOW_BYTES = MIB;
const CONNECTION_WINDOW_BYTES = 64 * MIB;
/** The most that an endpoint's limit can be; each hop looks at its own. */
const MAX_HEAD_BYTES = 64 * MIB;

export function createHttp2Pool(): Http2Pool {
  const open = new Map<string, Set<Held>>();
  /** Resolves with whether the connection that is being opened can be shared. */
  const opening = new Map<string, Promise<boolean>>();

  const withRoom = (key: string): Held | undefined =>
    [...(open.get(key) ?? [])].find(
      ({ session, streams, retired }) =>
        !retired &&
        !session.closed &&
        !session.destroyed &&
        streams < (session.remoteSettings?.maxConcurrentStreams ?? 100),
    );

  const hold = (key: string, origin: string, watch: SocketWatch, { socket }: OpenedSocket): Held => {
    const session = http2.connect(origin, {
      createConnection: () => socket,
      settings: {
        enablePush: false,
        initialWindowSize: STREAM_WINDOW_BYTES,
        maxHeaderListSize: MAX_HEAD_BYTES,
      },
      maxHeaderListPairs: 10_000,
      // The default of 10 MB ends connections with many streams that wait.
      maxSessionMemory: 1024,
    });
    const held: Held = {
      session,
      watch,
      streams: 0,
      retired: false,
      goaway: null,
      error: null,
      retire: () => (held.retired = true),
      release() {
        held.streams -= 1;
        if (held.streams === 0) session.destroy();
      },
    };
    session.once('connect', () => session.setLocalWindowSize(CONNECTION_WINDOW_BYTES));
    session.on('goaway', (code: number) => {
      held.goaway = code;
      held.retired = true;
    });
    session.on('error', (error: Error) => (held.error ??= error));
    session.on('close', () => {
      const others = open.get(key);
      others?.delete(held);
      if (others?.size === 0) open.delete(key);
    });
    const others = open.get(key) ?? new Set();
    open.set(key, others.add(held));
    return held;
  };

  const place = (held: Held, reused: boolean): Http2Way => {
    held.streams += 1;
    return { kind: 'shared', connection: held, reused };
  };

  return {
    async take(key, origin, watch, openSocket) {
      for (;;) {
        const held = withRoom(key);
        if (held) return place(held, true);
        const others = opening.get(key);
        if (!others) break;
        if (!(await others)) return { kind: 'own', opened: await openSocket() };
      }
      let settle: (shared: boolean) => void = () => {};
      opening.set(key, new Promise((resolve) => (settle = resolve)));
      const done = (shared: boolean) => {
        opening.delete(key);
        settle(shared);
      };
      try {
        const opened = await openSocket();
        if (opened.alpn !== 'h2') {
          done(false);
          return { kind: 'own', opened };
        }
        const held = hold(key, origin, watch, opened);
        // How many streams the server takes is known with its settings; until then nobody joins.
        held.session.once('remoteSettings', () => done(true));
        held.session.once('close', () => done(true));
        return place(held, false);
      } catch (error) {
        done(false);
        throw error;
      }
    },
  };
}
