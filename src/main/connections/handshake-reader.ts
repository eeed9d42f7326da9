/** Reads a handshake from a socket piece by piece, and gives back what belongs to whoever comes next. */
import type { Socket } from 'node:net';

export interface HandshakeReader {
  /** Exactly this many bytes. */
  take(count: number): Promise<Buffer>;
  /** Everything up to and with `mark`; rejects when it takes more than `most` bytes. */
  takeThrough(mark: string, most: number): Promise<Buffer>;
  /** Stops reading; bytes that were read too far are put back. */
  release(): void;
}

/** All promises reject when the socket closes or fails. */
export function createHandshakeReader(socket: Socket): HandshakeReader {
  let held: Buffer = Buffer.alloc(0);
  let failure: Error | null = null;
  let look: (() => void) | null = null;

  const onReadable = () => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null)
      held = Buffer.concat([held, chunk]);
    look?.();
  };
  const onError = (error: Error) => {
    failure ??= error;
    look?.();
  };
  const onClose = () =>
    onError(Object.assign(new Error('The connection was closed'), { code: 'ECONNRESET' }));
  socket.on('readable', onReadable).on('error', onError).on('end', onClose).on('close', onClose);

  /** Waits until `measure` says how many bytes are meant. */
  const wait = (measure: () => number | null) =>
    new Promise<Buffer>((resolve, reject) => {
      look = () => {
        const count = measure();
        if (count !== null) {
          look = null;
          const taken = held.subarray(0, count);
          held = held.subarray(count);
          resolve(taken);
        } else if (failure) {
          look = null;
          reject(failure);
        }
      };
      look();
    });

  return {
    take: (count) => wait(() => (held.length >= count ? count : null)),
    takeThrough: (mark, most) =>
      wait(() => {
        const at = held.indexOf(mark);
        if (at >= 0) return at + mark.length;
        if (held.length > most) failure ??= new Error(`The answer is longer than ${most} bytes`);
        return null;
      }),
    release() {
      socket.off('readable', onReadable).off('error', onError).off('end', onClose).off('close', onClose);
      if (held.length > 0) socket.unshift(held);
    },
  };
}
