/** Reads a body in given chunks and keeps what the frame reader says, with grown frames as they ended up. */
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { createFrameReader } from '../../../../src/shared/sse/frame-reader.ts';
import type { ByteText } from '../../../../src/shared/sse/byte-text.ts';
import type { ParsedFrame } from '../../../../src/shared/sse/types.ts';

export interface BodyReading {
  readonly frames: ParsedFrame[];
  /** The bytes of all frames, laid end to end. */
  readonly bytes: Uint8Array;
  readonly events: { event: string; data: string; id: string }[];
  /** The last that counted. */
  readonly retry: number | null;
  readonly lastEventId: string;
}

export interface ReadOptions {
  readonly byteText?: ByteText;
  readonly maxFrameBytes?: number;
}

const LF = Uint8Array.of(10);

export function readBody(chunks: readonly Uint8Array[], options: ReadOptions = {}): BodyReading {
  const frames: ParsedFrame[] = [];
  const bytes: Uint8Array[] = [];
  const events: BodyReading['events'] = [];
  let retry: number | null = null;
  const reader = createFrameReader({
    byteText: options.byteText ?? createNodeByteText(),
    ...(options.maxFrameBytes === undefined ? {} : { maxFrameBytes: options.maxFrameBytes }),
    onFrame(frame) {
      frames.push({ ...frame, comments: [...frame.comments] });
      bytes.push(reader.frameBytes().slice());
      retry = frame.retryMs ?? retry;
      if (frame.kind === 'event') {
        events.push({ event: frame.eventType ?? '', data: frame.data, id: reader.lastEventId });
      }
    },
    onExtend() {
      bytes.push(LF);
      const last = frames.pop() as ParsedFrame;
      frames.push({ ...last, length: last.length + 1 });
    },
  });
  reader.begin(0, true);
  // A copy a read, overwritten afterwards: nothing may depend on the bytes after push.
  for (const chunk of chunks) {
    const read = chunk.slice();
    reader.push(read);
    read.fill(0x2a);
  }
  reader.end();
  return { frames, bytes: joined(bytes), events, retry, lastEventId: reader.lastEventId };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

export function inPieces(whole: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += size) pieces.push(whole.subarray(at, at + size));
  return pieces;
}

/** Pieces of 1 to 12 bytes, the same for the same seed. */
export function inRandomPieces(whole: Uint8Array, seed: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let state = seed;
  let at = 0;
  while (at < whole.length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const size = 1 + ((state >>> 16) % 12);
    pieces.push(whole.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** Every way in which the tests cut a body. */
export function chunkings(given: readonly Uint8Array[]): readonly (readonly [string, Uint8Array[]])[] {
  const whole = joined(given);
  return [
    ['whole', [whole]],
    ['as given', [...given]],
    ['each byte alone', inPieces(whole, 1)],
    ['two bytes', inPieces(whole, 2)],
    ...[1, 2, 3, 4, 5].map((seed) => [`random ${seed}`, inRandomPieces(whole, seed)] as const),
  ];
}
