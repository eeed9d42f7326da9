/** Keeps what is written to a socket: the request as it goes over the wire. */
import type { Socket } from 'node:net';
import type { SentRequest } from '../../shared/session/exchange-facts.ts';
import { createSentBody } from './sent-body.ts';

const HEAD_END = '\r\n\r\n';

/**
 * Watches the socket's writes from now on; the function tells what was sent so far, null when nothing was. The head is kept whole:
 * it is ours, and bounded by the settings that it comes from. Of the body up to `maxBodyBytes` are kept.
 */
export function watchSentBytes(socket: Socket, maxBodyBytes: number): () => SentRequest | null {
  const body = createSentBody(maxBodyBytes);
  let head: Buffer = Buffer.alloc(0);
  let inBody = false;
  const take = (written: Uint8Array): void => {
    if (inBody) return body.push(written);
    head = Buffer.concat([head, written]);
    const end = head.indexOf(HEAD_END);
    if (end < 0) return;
    inBody = true;
    const rest = head.subarray(end + HEAD_END.length);
    if (rest.length > 0) body.push(rest);
    head = Buffer.from(head.subarray(0, end + HEAD_END.length));
  };
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (chunk: unknown, encoding?: unknown, ...rest: unknown[]): boolean => {
    take(
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : (chunk as Uint8Array),
    );
    return write(chunk, encoding, ...rest);
  };
  return () => (head.length === 0 ? null : { head: textOf(head), ...body.read() });
}

/** Header bytes are UTF-8 where that is possible, and else one character a byte. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
