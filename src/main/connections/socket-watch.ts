/** What is seen of one hop while it goes on: when each step was done, where it leads, what was sent and what came besides the body. */
import type { HeaderPair } from '../../shared/session/entry.ts';
import type {
  ExchangeFacts,
  InformationalHead,
  SentRequest,
  TlsFacts,
} from '../../shared/session/exchange-facts.ts';

/** Times are on the clock that was given; null until it happened, or when it does not happen. */
export interface SocketWatch {
  dnsMs: number | null;
  connectMs: number | null;
  /** The proxy has opened the way. */
  proxyMs: number | null;
  tlsMs: number | null;
  remoteAddress: string | null;
  localAddress: string | null;
  /** With credentials; null when there is none. */
  proxy: string | null;
  socketPath: string | null;
  tls: TlsFacts | null;
  reused: boolean;
  streamId: number | null;
  /** As the status line says, or "2"; "" before it is known. */
  httpVersion: string;
  sent: SentRequest | null;
  informational: InformationalHead[];
  trailers: HeaderPair[];
}

export function createSocketWatch(): SocketWatch {
  return {
    dnsMs: null,
    connectMs: null,
    proxyMs: null,
    tlsMs: null,
    remoteAddress: null,
    localAddress: null,
    proxy: null,
    socketPath: null,
    tls: null,
    reused: false,
    streamId: null,
    httpVersion: '',
    sent: null,
    informational: [],
    trailers: [],
  };
}

/** What may be recorded of it, once secrets are hidden. */
export function factsOf(watch: SocketWatch, startedMs: number): ExchangeFacts {
  const { proxy, socketPath, localAddress, streamId, reused, tls, sent, trailers } = watch;
  const informational = watch.informational.map((head) => ({ ...head, atMs: head.atMs - startedMs }));
  return { proxy, socketPath, localAddress, streamId, reused, tls, sent, informational, trailers };
}
