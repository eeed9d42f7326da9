/** Parts of a compressed body as a server sends them that flushes after each event. */
import type { BrotliCompress, Deflate, DeflateRaw, Gzip } from 'node:zlib';

export type Compressor = Gzip | BrotliCompress | Deflate | DeflateRaw;

/** What one part becomes on the wire, flushed so that it can be decoded at once. */
export function compressedPart(compressor: Compressor, part: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const take = (bytes: Buffer) => parts.push(bytes);
    compressor.on('data', take);
    compressor.write(part);
    compressor.flush(() => {
      compressor.off('data', take);
      resolve(Buffer.concat(parts));
    });
  });
}
