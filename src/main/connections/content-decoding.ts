/**
 * Undoes Content-Encoding while a body streams: what one socket read completes comes out at once, and is told before the next
 * read goes in, so that arrival times stay true.
 */
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

export interface BodyDecoder {
  /** Decodes a part; `emit` gets what it completes, then `done` is called, with an error if the data is damaged. */
  write(bytes: Uint8Array, emit: (decoded: Uint8Array) => void, done: (error: Error | null) => void): void;
  /** The body is over: emits what is left; an error says that it was cut short. */
  end(emit: (decoded: Uint8Array) => void, done: (error: Error | null) => void): void;
  pause(): void;
  resume(): void;
  destroy(): void;
}

const CHUNK_BYTES = 64 * 1024;

/**
 * The decoder of a body with these Content-Encoding values, or null when there is nothing to undo. Unknown encodings, such as
 * the `none` that some servers send, mean that the bytes are taken as they are.
 */
export function decoderFor(contentEncodings: readonly string[]): BodyDecoder | null {
  const names = contentEncodings
    .join(',')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'none');
  const decoders: BodyDecoder[] = [];
  for (const name of names.reverse()) {
    const open = OPENERS.get(name);
    // Below an encoding that is not known nothing can be undone.
    if (!open) return null;
    decoders.push(createDecoder(open));
  }
  return decoders.length === 0 ? null : decoders.reduceRight((inner, outer) => chain(outer, inner));
}

const GZIP = (): Transform =>
  zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES });

/** Each opens a stream by the first bytes of the body. */
const OPENERS = new Map<string, (first: Uint8Array) => Transform>([
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  [
    'br',
    () =>
      zlib.createBrotliDecompress({
        flush: zlib.constants.BROTLI_OPERATION_FLUSH,
        chunkSize: CHUNK_BYTES,
      }),
  ],
  [
    'deflate',
    // "deflate" means the zlib format, but some servers send the raw one; the first byte tells them apart.
    (first) => {
      const options = { flush: zlib.constants.Z_SYNC_FLUSH, chunkSize: CHUNK_BYTES };
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(options) : zlib.createInflateRaw(options);
    },
  ],
]);

function createDecoder(open: (first: Uint8Array) => Transform): BodyDecoder {
  let stream: Transform | null = null;
  let over = false;
  let paused = false;
  let emit: (decoded: Uint8Array) => void = () => {};
  let done: ((error: Error | null) => void) | null = null;

  const settle = (error: Error | null | undefined) => {
    const settled = done;
    done = null;
    settled?.(error ?? null);
  };
  const opened = (first: Uint8Array): Transform => {
    if (stream) return stream;
    stream = open(first);
    stream.on('data', (decoded: Uint8Array) => emit(decoded));
    stream.on('error', settle);
    stream.on('end', () => {
      over = true;
      settle(null);
    });
    if (paused) stream.pause();
    return stream;
  };

  return {
    write(bytes, onDecoded, onDone) {
      if (over || bytes.length === 0) return onDone(null);
      emit = onDecoded;
      done = onDone;
      opened(bytes).write(bytes, settle);
    },
    end(onDecoded, onDone) {
      if (over || !stream) return onDone(null);
      emit = onDecoded;
      done = onDone;
      stream.end();
    },
    pause() {
      paused = true;
      stream?.pause();
    },
    resume() {
      paused = false;
      stream?.resume();
    },
    destroy() {
      done = null;
      emit = () => {};
      stream?.destroy();
    },
  };
}

/** Two decoders, one after the other; `outer` was applied last and is undone first. */
function chain(outer: BodyDecoder, inner: BodyDecoder): BodyDecoder {
  const through = (
    feed: (emit: (part: Uint8Array) => void, done: (error: Error | null) => void) => void,
    emit: (decoded: Uint8Array) => void,
    done: (error: Error | null) => void,
  ) => {
    const parts: Uint8Array[] = [];
    feed(
      (part) => parts.push(part),
      (error) => {
        const next = (failed: Error | null): void => {
          const part = parts.shift();
          if (failed || !part) return done(failed ?? error);
          inner.write(part, emit, next);
        };
        next(null);
      },
    );
  };
  return {
    write: (bytes, emit, done) => through((onPart, onDone) => outer.write(bytes, onPart, onDone), emit, done),
    end: (emit, done) =>
      through(
        (onPart, onDone) => outer.end(onPart, onDone),
        emit,
        (error) => (error ? done(error) : inner.end(emit, done)),
      ),
    pause: () => inner.pause(),
    resume: () => inner.resume(),
    destroy() {
      outer.destroy();
      inner.destroy();
    },
  };
}
