/** The content codings that this runtime can undo, each as a stream that gives out at once what it can. RFC 9110, 8.4.1. */
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

/** Opens a decoding stream, by the first bytes of the body. */
export type OpenCoding = (first: Uint8Array) => Transform;

/** zlib as newer runtimes have it: zstd came with Node 22.15. */
export interface ZlibRuntime {
  readonly createZstdDecompress?: (options: { readonly chunkSize: number }) => Transform;
}

const CHUNK_BYTES = 64 * 1024;

const openGzip: OpenCoding = () =>
  zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES });

const openBrotli: OpenCoding = () =>
  zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH, chunkSize: CHUNK_BYTES });

/** "deflate" means the zlib format, but some servers send the raw one; the first byte tells them apart. */
const openDeflate: OpenCoding = (first) => {
  const options = { flush: zlib.constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES };
  return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(options) : zlib.createInflateRaw(options);
};

/** Codings by the names that a server may call them. */
export function contentCodings(runtime: ZlibRuntime = zlib as ZlibRuntime): ReadonlyMap<string, OpenCoding> {
  const codings = new Map([
    ['gzip', openGzip],
    ['x-gzip', openGzip],
    ['deflate', openDeflate],
    ['br', openBrotli],
  ]);
  const { createZstdDecompress } = runtime;
  if (createZstdDecompress) codings.set('zstd', () => createZstdDecompress({ chunkSize: CHUNK_BYTES }));
  return codings;
}

/** Codings that a request offers, in the order of Accept-Encoding. `x-gzip` is only an old name. */
export function offeredCodings(codings: ReadonlyMap<string, OpenCoding>): readonly string[] {
  return [...codings.keys()].filter((name) => name !== 'x-gzip');
}
