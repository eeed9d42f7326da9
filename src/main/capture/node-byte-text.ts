/** ByteText by Node's Buffer, which decodes several times faster than TextDecoder. Never copies the bytes. */
import { isAscii } from 'node:buffer';
import type { ByteText } from '../../shared/sse/byte-text.ts';

export function createNodeByteText(): ByteText {
  return {
    isAscii: (bytes, start, end) =>
      isAscii(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end)),
    latin1: (bytes, start, end) => asBuffer(bytes).toString('latin1', start, end),
    utf8: (bytes, start, end) => asBuffer(bytes).toString('utf8', start, end),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
