/**
 * Bytes that wait to be written, as a row of blocks that are filled one after the other. Nothing is copied when more comes, and
 * blocks are used again, so that a flood costs one copy a byte and no fresh memory, whose pages cost more than the copy. A stretch
 * of little data is one small block.
 */

export const BLOCK_BYTES = 256 * 1024;
const SMALLEST_BYTES = 4096;

export interface Block {
  readonly bytes: Buffer<ArrayBuffer>;
  /** On all of `bytes`. */
  readonly view: DataView;
  /** Bytes that are filled. */
  length: number;
}

/** Blocks that have been written and may be filled again. */
export interface SpareBlocks {
  /** A block to begin with: small unless there is a spare one. */
  first(): Block;
  take(atLeast: number): Block;
  give(blocks: readonly Block[]): void;
  /** Lets all of them go: the flood is over. */
  drop(): void;
}

/** Keeps full blocks alone; `most` of them. */
export function createSpareBlocks(most: number): SpareBlocks {
  const spare: Block[] = [];
  return {
    first: () => spare.pop() ?? blockOf(SMALLEST_BYTES),
    take: (atLeast) =>
      (atLeast <= BLOCK_BYTES ? spare.pop() : undefined) ?? blockOf(Math.max(atLeast, BLOCK_BYTES)),
    give(blocks) {
      for (const block of blocks) {
        block.length = 0;
        if (block.bytes.length === BLOCK_BYTES && spare.length < most) spare.push(block);
      }
    },
    drop: () => void (spare.length = 0),
  };
}

function blockOf(size: number): Block {
  const bytes = Buffer.allocUnsafeSlow(size);
  return { bytes, view: new DataView(bytes.buffer), length: 0 };
}

export interface BlockStretch {
  /** Where in the file it begins. */
  readonly start: number;
  readonly length: number;
  readonly blocks: readonly Block[];
  append(bytes: Uint8Array): void;
  /** Room for `length` bytes in one piece at the end of the last block: gives the place in `last.view`. */
  reserve(length: number): number;
  readonly last: Block;
  overwrite(at: number, bytes: Uint8Array): void;
  /** Copies what of it lies in the range of the file that `target` holds from `from` on. */
  lay(target: Buffer, from: number): void;
}

export function createBlockStretch(start: number, spare: SpareBlocks): BlockStretch {
  let last = spare.first();
  const blocks = [last];
  let length = 0;

  /** Makes the last block one with room for `more` bytes in one piece. */
  function makeRoom(more: number): void {
    if (last.length + more <= last.bytes.length) return;
    if (blocks.length === 1 && last.bytes.length < BLOCK_BYTES) grow(last.length + more);
    if (last.length + more <= last.bytes.length) return;
    last = spare.take(more);
    blocks.push(last);
  }

  /** A small block becomes a larger one, up to a full one. */
  function grow(needed: number): void {
    const size = Math.min(BLOCK_BYTES, Math.max(needed, last.bytes.length * 4));
    const larger = size === BLOCK_BYTES ? spare.take(size) : blockOf(size);
    last.bytes.copy(larger.bytes, 0, 0, last.length);
    larger.length = last.length;
    blocks[0] = last = larger;
  }

  /** Calls back with each block that has bytes of the range, in order, and where in the file it begins. */
  function eachIn(from: number, to: number, visit: (block: Block, blockStart: number) => void): void {
    let at = start;
    for (const block of blocks) {
      if (at >= to) return;
      if (at + block.length > from) visit(block, at);
      at += block.length;
    }
  }

  return {
    start,
    get length() {
      return length;
    },
    blocks,
    append(bytes) {
      makeRoom(Math.min(bytes.length, BLOCK_BYTES));
      for (let done = 0; done < bytes.length;) {
        if (last.length === last.bytes.length) makeRoom(1);
        const count = Math.min(bytes.length - done, last.bytes.length - last.length);
        last.bytes.set(count === bytes.length ? bytes : bytes.subarray(done, done + count), last.length);
        last.length += count;
        done += count;
      }
      length += bytes.length;
    },
    reserve(count) {
      makeRoom(count);
      last.length += count;
      length += count;
      return last.length - count;
    },
    get last() {
      return last;
    },
    overwrite(at, bytes) {
      eachIn(at, at + bytes.length, (block, blockStart) => {
        layOver(bytes, at, block.bytes.subarray(0, block.length), blockStart);
      });
    },
    lay(target, from) {
      eachIn(from, from + target.length, (block, blockStart) => {
        layOver(block.bytes.subarray(0, block.length), blockStart, target, from);
      });
    },
  };
}

/** Copies what of `bytes`, which stand at `start`, lies in the range that `target` holds from `from` on. */
export function layOver(bytes: Uint8Array, start: number, target: Buffer, from: number): void {
  const first = Math.max(from, start);
  const last = Math.min(from + target.length, start + bytes.length);
  if (first < last) target.set(bytes.subarray(first - start, last - start), first - from);
}
