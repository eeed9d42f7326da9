/** A client on a bare TCP socket: sends bytes as they are and keeps every byte that comes back. */
import net from 'node:net';

export interface RawClient {
  readonly received: Buffer;
  readonly ended: boolean;
  /** The code of the error that ended it; "" for none. */
  readonly error: string;
  send(bytes: string | Uint8Array): void;
  /** FIN. */
  end(): void;
  /** RST. */
  reset(): void;
  /** Resolves when what came includes the text (one character a byte). Rejects when the connection closes first. */
  until(text: string): Promise<void>;
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;
}

export function connectRaw(port: number, halfOpen = false): RawClient {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: halfOpen });
  socket.setNoDelay(true);
  let received = Buffer.alloc(0);
  let ended = false;
  let error = '';
  const checks = new Set<() => void>();
  const look = () => {
    for (const check of [...checks]) check();
  };
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    look();
  });
  socket.on('end', () => (ended = true));
  socket.on('error', (failure: NodeJS.ErrnoException) => (error = failure.code ?? failure.message));
  let isClosed = false;
  const closed = new Promise<void>((resolve) =>
    socket.on('close', () => {
      isClosed = true;
      look();
      resolve();
    }),
  );
  return {
    get received() {
      return received;
    },
    get ended() {
      return ended;
    },
    get error() {
      return error;
    },
    send: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    until: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = received.includes(Buffer.from(text, 'latin1'));
          if (!found && !isClosed) return;
          checks.delete(check);
          if (found) resolve();
          else
            reject(
              new Error(
                `closed before ${JSON.stringify(text)}: ${JSON.stringify(received.toString('latin1'))}`,
              ),
            );
        };
        checks.add(check);
        check();
      }),
    closed,
  };
}
