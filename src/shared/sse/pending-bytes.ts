/**
 * The part of a frame that came with earlier reads. One buffer that doubles, so that a frame in a million small reads is
 * copied a bounded number of times and costs no object a read.
 */
export interface PendingBytes {
  readonly length: number;
  append(bytes: Uint8Array, from: number, to: number): void;
  /** Everything appended since `clear`; valid until the next call. */
  bytes(): Uint8Array;
  clear(): void;
}

const SMALLEST = 4096;
/** A buffer above this is given back after its frame. */
const LARGEST_KEPT = 256 * 1024;

export function createPendingBytes(): PendingBytes {
  let buffer = new Uint8Array(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes, from, to) {
      const needed = length + to - from;
      if (needed > buffer.length) {
        const larger = new Uint8Array(Math.max(needed, buffer.length * 2, SMALLEST));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), length);
      length = needed;
    },
    bytes: () => buffer.subarray(0, length),
    clear() {
      length = 0;
      if (buffer.length > LARGEST_KEPT) buffer = new Uint8Array(0);
    },
  };
}
