/** The body of an answer on its way into the recording: decoded, and kept up to a limit. Bytes that are not kept are counted. */
import { DEFAULT_LIMITS } from '../../shared/connection/limits.ts';
import type { Failure } from '../../shared/connection/types.ts';
import { decoderFor, type BodyDecoder } from '../connections/content-decoding.ts';
import { decodingFailureOf } from '../connections/http-failure.ts';

export interface RecordedBody {
  /** As the server sent them. */
  readonly wireBytes: number;
  /** After Content-Encoding. */
  readonly bodyBytes: number;
  /** Of `bodyBytes`. */
  readonly notKept: number;
  /** Why the rest could not be decoded. */
  readonly failure: Failure | null;
  push(bytes: Uint8Array, atMs: number): void;
  /** The body is over; resolves when all of it has been kept. */
  end(atMs: number): Promise<void>;
}

export function createRecordedBody(
  contentEncodings: readonly string[],
  maxBytes: number,
  keep: (bytes: Uint8Array, atMs: number) => void,
): RecordedBody {
  let decoder: BodyDecoder | null = decoderFor(contentEncodings, DEFAULT_LIMITS);
  let wireBytes = 0;
  let bodyBytes = 0;
  let notKept = 0;
  let failure: Failure | null = null;
  const waiting: { readonly bytes: Uint8Array; readonly atMs: number }[] = [];
  let decoding = false;
  let whenDecoded: (() => void) | null = null;

  const take = (bytes: Uint8Array, atMs: number) => {
    const room = Math.max(0, maxBytes - bodyBytes);
    bodyBytes += bytes.length;
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room);
    notKept += bytes.length - kept.length;
    if (kept.length > 0) keep(kept, atMs);
  };
  const settle = () => {
    const then = whenDecoded;
    whenDecoded = null;
    then?.();
  };
  const giveUp = (error: Error) => {
    failure ??= decodingFailureOf(error, contentEncodings.join(', '));
    decoder?.destroy();
    decoder = null;
    waiting.length = 0;
  };
  const decodeNext = (): void => {
    if (decoding) return;
    const part = waiting.shift();
    if (!part || !decoder) return settle();
    decoding = true;
    decoder.write(
      part.bytes,
      (decoded) => take(decoded, part.atMs),
      (error) => {
        decoding = false;
        if (error) giveUp(error);
        decodeNext();
      },
    );
  };

  return {
    get wireBytes() {
      return wireBytes;
    },
    get bodyBytes() {
      return bodyBytes;
    },
    get notKept() {
      return notKept;
    },
    get failure() {
      return failure;
    },
    push(bytes, atMs) {
      wireBytes += bytes.length;
      if (failure) return;
      if (!decoder) return take(bytes, atMs);
      waiting.push({ bytes, atMs });
      decodeNext();
    },
    end: (atMs) =>
      new Promise((resolve) => {
        whenDecoded = () => {
          if (!decoder) return resolve();
          decoder.end(
            (rest) => take(rest, atMs),
            (error) => {
              if (error) giveUp(error);
              decoder?.destroy();
              resolve();
            },
          );
        };
        decodeNext();
      }),
  };
}
