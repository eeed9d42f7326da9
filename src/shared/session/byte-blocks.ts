/**
 * Bytes that only grow at the end and may be let go at the front, kept in blocks of one size. Addresses never change: byte
 * 1000 stays byte 1000 when the bytes before it are gone.
 */
export interface ByteBlocks {
  /** Address after the last byte. */
  readonly end: number;
  /** Address of the first byte that is still kept. */
  readonly start: number;
  append(bytes: Uint8Array): void;
  /** A copy of the range, clamped to what is kept. */
  read(from: number, to: number): Uint8Array<ArrayBuffer>;
  /** Overwrites bytes that are kept. */
  write(at: number, bytes: Uint8Array): void;
  /** Lets go of what lies before `address`; memory is freed by whole blocks. */
  dropBefore(address: number): void;
}

export function createByteBlocks(blockBytes: number): ByteBlocks {
  const blocks = new Map<number, Uint8Array>();
  let start = 0;
  let end = 0;
  /** The block that holds `end`, while it has room. */
  let last: Uint8Array | null = null;

  /** Calls `visit` for each stretch of [from, to) that lies within one block. */
  function eachStretch(
    from: number,
    to: number,
    visit: (block: Uint8Array, at: number, length: number) => void,
  ) {
    for (let at = from; at < to;) {
      const number = Math.floor(at / blockBytes);
      let block = blocks.get(number);
      if (!block) blocks.set(number, (block = new Uint8Array(blockBytes)));
      const within = at - number * blockBytes;
      const length = Math.min(to - at, blockBytes - within);
      visit(block.subarray(within, within + length), at - from, length);
      at += length;
    }
  }

  return {
    get end() {
      return end;
    },
    get start() {
      return start;
    },
    append(bytes) {
      const within = end % blockBytes;
      if (last && within > 0 && within + bytes.length <= blockBytes) {
        // The usual case: nothing is made for it.
        last.set(bytes, within);
        end += bytes.length;
        return;
      }
      eachStretch(end, end + bytes.length, (stretch, at, length) =>
        stretch.set(bytes.subarray(at, at + length)),
      );
      end += bytes.length;
      last = blocks.get(Math.floor(end / blockBytes)) ?? null;
    },
    read(from, to) {
      const first = Math.max(from, start);
      const bytes = new Uint8Array(Math.max(0, Math.min(to, end) - first));
      eachStretch(first, first + bytes.length, (stretch, at) => bytes.set(stretch, at));
      return bytes;
    },
    write(at, bytes) {
      eachStretch(at, at + bytes.length, (stretch, from, length) =>
        stretch.set(bytes.subarray(from, from + length)),
      );
    },
    dropBefore(address) {
      const firstKept = Math.floor(Math.min(address, end) / blockBytes);
      for (let number = Math.floor(start / blockBytes); number < firstKept; number += 1)
        blocks.delete(number);
      last = blocks.get(Math.floor(end / blockBytes)) ?? null;
      start = Math.max(start, Math.min(address, end));
    },
  };
}
