/** What one request and its answer tell, however they travel. */
import type { HeaderPair } from '../../shared/session/entry.ts';
import type { InformationalHead } from '../../shared/session/exchange-facts.ts';
import type { SocketWatch } from './socket-watch.ts';
import { TransportError } from './transport-error.ts';

export interface HopListener {
  head(status: number, statusText: string, headers: HeaderPair[]): void;
  /** All body bytes of one socket read, and its arrival. */
  data(bytes: Uint8Array, arrivedMs: number): void;
  end(): void;
  error(error: unknown): void;
}

/** One request that is under way. */
export interface HopStream {
  pause(): void;
  resume(): void;
  /** Ends it at once; the listener hears nothing more. */
  abort(): void;
}

/** 1xx heads that one answer may have. */
const MAX_INFORMATIONAL = 100;

/** Keeps a 1xx head; gives what to fail with when there are too many of them. */
export function keepInformational(
  watch: SocketWatch,
  head: InformationalHead,
  host: string,
): TransportError | null {
  if (watch.informational.length < MAX_INFORMATIONAL) {
    watch.informational.push(head);
    return null;
  }
  return new TransportError(
    'limit',
    `${host} sent more than ${MAX_INFORMATIONAL} informational responses (1xx) and no answer. Look at what sends them.`,
  );
}

/** Joins the body pieces of one turn of the event loop: what one socket read brought is told as one piece. */
export interface PieceJoiner {
  push(piece: Uint8Array): void;
  /** Tells what waits, now. */
  flush(): void;
  /** Forgets what waits. */
  drop(): void;
}

export function createPieceJoiner(
  nowMs: () => number,
  tell: (bytes: Uint8Array, arrivedMs: number) => void,
): PieceJoiner {
  let pieces: Uint8Array[] = [];
  let arrivedMs = 0;
  const flush = () => {
    if (pieces.length === 0) return;
    const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
    pieces = [];
    tell(bytes, arrivedMs);
  };
  return {
    push(piece) {
      if (pieces.length === 0) {
        arrivedMs = nowMs();
        queueMicrotask(flush);
      }
      pieces.push(piece);
    },
    flush,
    drop: () => void (pieces = []),
  };
}
