/**
 * Writes to a file descriptor without ever blocking the program: a reader that takes its time is waited for, so that signals
 * and sockets are served meanwhile, and one that goes away is no error.
 */
import { write } from 'node:fs';
import type { Output } from './command.ts';

/** What systems say when the other end of a pipe has been closed. */
const CLOSED_CODES = new Set(['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** A descriptor that another program made non-blocking is asked again after this time. */
const RETRY_MS = 5;

/** Writes one buffer, or a part of it; the shape of `fs.write`. */
export type WriteSome = (
  descriptor: number,
  bytes: Uint8Array,
  done: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void;

export function createOutput(descriptor: number, writeSome: WriteSome = write): Output {
  const listeners = new Set<() => void>();
  let closed = false;
  let last: Promise<void> = Promise.resolve();

  const close = () => {
    closed = true;
    for (const listener of [...listeners]) listener();
    listeners.clear();
  };

  /** How many bytes were taken; 0 when none could be for now. */
  const writePart = (bytes: Uint8Array): Promise<number> =>
    new Promise((resolve, reject) => {
      writeSome(descriptor, bytes, (error, written) => {
        if (!error) resolve(written);
        else if (error.code === 'EAGAIN') setTimeout(() => resolve(0), RETRY_MS);
        else reject(error);
      });
    });

  const writeWhole = async (bytes: Uint8Array): Promise<void> => {
    try {
      for (let rest = bytes; rest.length > 0 && !closed;) rest = rest.subarray(await writePart(rest));
    } catch (error) {
      if (!CLOSED_CODES.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      close();
    }
  };

  return {
    write(data) {
      const bytes = typeof data === 'string' ? Buffer.from(data) : data;
      // In order, one after the other, also when callers do not wait.
      last = last.then(() => writeWhole(bytes));
      return last;
    },
    get closed() {
      return closed;
    },
    onClosed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
