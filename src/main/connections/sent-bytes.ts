/** Keeps what is written to a socket: the request as it goes over the wire. */
import type { Socket } from 'node:net';
import type { SentRequest } from '../../shared/session/exchange-facts.ts';

/** Of head and body together; longer bodies are only counted. */
const MAX_KEPT_BYTES = 256 * 1024;
const HEAD_END = '\r\n\r\n';

/** Watches the socket's writes from now on; the function tells what was sent so far, null when nothing was. */
export function watchSentBytes(socket: Socket): () => SentRequest | null {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bytes = 0;
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  socket.write = (chunk: unknown, encoding?: unknown, ...rest: unknown[]): boolean => {
    const written =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : (chunk as Uint8Array);
    bytes += written.length;
    if (keptBytes < MAX_KEPT_BYTES) {
      // A copy: a part would hold on to a whole that may be large.
      const part = Buffer.from(written.subarray(0, MAX_KEPT_BYTES - keptBytes));
      kept.push(part);
      keptBytes += part.length;
    }
    return write(chunk, encoding, ...rest);
  };
  return () => {
    if (bytes === 0) return null;
    const all = Buffer.concat(kept);
    const end = all.indexOf(HEAD_END);
    const headBytes = end < 0 ? all.length : end + HEAD_END.length;
    // A body that is cut off could end inside a secret, which could then not be told from other text.
    const whole = keptBytes === bytes;
    return {
      head: textOf(all.subarray(0, headBytes)),
      body: whole ? all.subarray(headBytes).toString('utf8') : '',
      bodyBytes: bytes - headBytes,
    };
  };
}

/** Header bytes are UTF-8 where that is possible, and else one character a byte. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
