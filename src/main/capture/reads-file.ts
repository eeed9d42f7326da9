/**
 * `reads.bin`: 16 bytes for each socket read, f64 offset and f64 atMs, little-endian. How long a read is follows from where
 * the next one begins, and its attempt from where the attempts begin in the journal.
 */
import type { SocketRead } from '../../shared/session/log.ts';
import type { AppendFile } from './append-file.ts';

export const READ_BYTES = 16;
/** Reads that are looked at in one go. */
const BLOCK_READS = 1024;

/** Appends one read to the file. */
export function appendRead(file: AppendFile, offset: number, atMs: number): void {
  const at = file.reserve(READ_BYTES);
  file.view.setFloat64(at, offset, true);
  file.view.setFloat64(at + 8, atMs, true);
}

export interface ReadsFile {
  append(offset: number, atMs: number): void;
  /** Reads from `offset` on belong to this attempt. */
  attemptBegins(offset: number, attempt: number): void;
  touching(offset: number, length: number): Promise<readonly SocketRead[]>;
}

/** `wireEnd` says where the newest read ends. */
export function createReadsFile(file: AppendFile, wireEnd: () => number): ReadsFile {
  // Two lists of numbers and not one of objects: a session that fails all night has many attempts.
  const attemptOffsets: number[] = [];
  const attemptNumbers: number[] = [];

  function attemptAt(offset: number): number {
    let low = 0;
    let high = attemptOffsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((attemptOffsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return attemptNumbers[low - 1] ?? 0;
  }

  async function readBlock(from: number, to: number): Promise<DataView> {
    const bytes = await file.read(from * READ_BYTES, to * READ_BYTES);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The number of the last read that begins at or before `offset`, give or take a block: where to begin to look. */
  async function blockBefore(offset: number, count: number): Promise<number> {
    let low = 0;
    let high = count;
    while (high - low > BLOCK_READS) {
      const middle = Math.floor((low + high) / 2);
      const begin = (await readBlock(middle, middle + 1)).getFloat64(0, true);
      if (begin <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  return {
    append: (offset, atMs) => appendRead(file, offset, atMs),
    attemptBegins(offset, attempt) {
      attemptOffsets.push(offset);
      attemptNumbers.push(attempt);
    },
    async touching(offset, length) {
      const count = file.size / READ_BYTES;
      const end = wireEnd();
      const to = Math.min(end, offset + length);
      const found: SocketRead[] = [];
      for (let from = await blockBefore(offset, count); from < count; from += BLOCK_READS) {
        const view = await readBlock(from, Math.min(count, from + BLOCK_READS + 1));
        const here = Math.min(BLOCK_READS, view.byteLength / READ_BYTES);
        for (let at = 0; at < here; at += 1) {
          const begin = view.getFloat64(at * READ_BYTES, true);
          if (begin >= to) return found;
          const next = from + at + 1 < count ? view.getFloat64((at + 1) * READ_BYTES, true) : end;
          if (next <= offset) continue;
          const atMs = view.getFloat64(at * READ_BYTES + 8, true);
          const attempt = attemptAt(begin);
          found.push({ number: from + at, offset: begin, length: next - begin, atMs, attempt });
        }
      }
      return found;
    },
  };
}
