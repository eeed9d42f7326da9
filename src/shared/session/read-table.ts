/** The socket reads of a log in memory: where each began, when it came, and in which attempt. */
import { createByteBlocks } from './byte-blocks.ts';
import type { SocketRead } from './log.ts';

/** f64 offset, f64 atMs, u32 attempt, 4 bytes of nothing: a power of two, so that no record lies across two blocks. */
const READ_BYTES = 32;

export interface ReadTable {
  readonly usedBytes: number;
  append(offset: number, atMs: number, attempt: number): void;
  /** Reads with bytes in the range; `end` is where the newest read ends. */
  touching(offset: number, length: number, end: number): SocketRead[];
  /** Lets go of reads that end at or before `offset`. */
  dropBefore(offset: number): void;
}

export function createReadTable(blockBytes: number): ReadTable {
  const table = createByteBlocks(blockBytes);
  const scratch = new DataView(new ArrayBuffer(READ_BYTES));
  const scratchBytes = new Uint8Array(scratch.buffer);

  const first = (): number => table.start / READ_BYTES;
  const count = (): number => table.end / READ_BYTES;

  function viewOf(number: number): DataView {
    return new DataView(table.read(number * READ_BYTES, (number + 1) * READ_BYTES).buffer);
  }

  function offsetOf(number: number): number {
    return viewOf(number).getFloat64(0, true);
  }

  /** The first kept read that begins after `offset`, or the count. */
  function firstAfter(offset: number): number {
    let low = first();
    let high = count();
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (offsetOf(middle) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    get usedBytes() {
      return table.end - table.start;
    },
    append(offset, atMs, attempt) {
      scratch.setFloat64(0, offset, true);
      scratch.setFloat64(8, atMs, true);
      scratch.setUint32(16, attempt, true);
      table.append(scratchBytes);
    },
    touching(offset, length, end) {
      const found: SocketRead[] = [];
      const to = Math.min(end, offset + length);
      for (let number = Math.max(first(), firstAfter(offset) - 1); number < count(); number += 1) {
        const view = viewOf(number);
        const from = view.getFloat64(0, true);
        if (from >= to) break;
        const next = number + 1 < count() ? offsetOf(number + 1) : end;
        if (next <= offset) continue;
        const atMs = view.getFloat64(8, true);
        found.push({ number, offset: from, length: next - from, atMs, attempt: view.getUint32(16, true) });
      }
      return found;
    },
    dropBefore(offset) {
      const keep = firstAfter(offset) - 1;
      if (keep > first()) table.dropBefore(keep * READ_BYTES);
    },
  };
}
