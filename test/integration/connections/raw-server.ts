/** A server on a bare TCP socket: each test says, byte by byte, what comes back, and sees, byte by byte, what was asked. */
import net from 'node:net';
import { gate, type Gate } from './gate.ts';

export interface RawCall {
  /** From 1, in the order of connections. */
  readonly number: number;
  /** The request line. */
  readonly line: string;
  /** Raw header lines, one character a byte. */
  readonly headers: readonly string[];
  /** The body, as far as Content-Length says. */
  readonly body: Buffer;
  /** Passed when the other side closed or reset the socket. */
  readonly closed: Gate;
  write(bytes: string | Uint8Array): void;
  /** FIN. */
  end(bytes?: string | Uint8Array): void;
  /** RST. */
  reset(): void;
  /** Whether the kernel's buffers are full. */
  readonly writableNeedDrain: boolean;
}

export interface RawServer {
  readonly origin: string;
  readonly port: number;
  readonly calls: readonly RawCall[];
  /** Resolves with the call of this number. */
  call(number: number): Promise<RawCall>;
  close(): Promise<void>;
}

export const STREAM_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';

/** A head and a body in one chunk each. */
export function chunked(...parts: readonly string[]): string {
  return parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
}
export const CHUNKED_HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';

/** The value of a header in raw lines. */
export function headerOf(call: RawCall, name: string): string | undefined {
  const prefix = `${name.toLowerCase()}: `;
  return call.headers.find((line) => line.toLowerCase().startsWith(prefix))?.slice(prefix.length);
}

export async function startRawServer(
  answer: (call: RawCall) => void = () => {},
  port = 0,
): Promise<RawServer> {
  const calls: RawCall[] = [];
  const waiting = new Map<number, (call: RawCall) => void>();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const closed = gate();
    let received = Buffer.alloc(0);
    let call: RawCall | null = null;
    socket.on('error', () => {});
    socket.on('end', () => closed.pass());
    socket.on('close', () => {
      sockets.delete(socket);
      closed.pass();
    });
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      const headEnd = received.indexOf('\r\n\r\n');
      if (call || headEnd < 0) return;
      const [line = '', ...headers] = received.subarray(0, headEnd).toString('latin1').split('\r\n');
      const length = Number(
        headers.find((header) => /^content-length:/i.test(header))?.replace(/^[^:]*:/, '') ?? 0,
      );
      const body = received.subarray(headEnd + 4);
      if (body.length < length) return;
      call = {
        number: calls.length + 1,
        line,
        headers,
        body,
        closed,
        write: (part) => void socket.write(part),
        end: (part) => void (part === undefined ? socket.end() : socket.end(part)),
        reset: () => void socket.resetAndDestroy(),
        get writableNeedDrain() {
          return socket.writableNeedDrain;
        },
      };
      calls.push(call);
      answer(call);
      waiting.get(call.number)?.(call);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as net.AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    calls,
    call(number) {
      const there = calls[number - 1];
      return there ? Promise.resolve(there) : new Promise((resolve) => waiting.set(number, resolve));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
