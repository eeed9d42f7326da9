/**
 * A file that only grows, with its newest bytes in memory until they are written. Appending is a copy into a buffer; writing
 * happens in two steps, so that several files can be caught at the same instant and then written in an order. Reading sees
 * everything appended, wherever it is. What the bytes mean, and when to write, is file-log's business.
 */
import type { FileHandle } from 'node:fs/promises';
import { invariant } from '../../shared/base/assert.ts';
import { readAll, writeAll } from './file-access.ts';

/** Buffers that grew beyond this in a flood are let go when they have been written. */
const KEEP_BUFFER_BYTES = 1024 * 1024;
const FIRST_BUFFER_BYTES = 4096;

export interface AppendFile {
  /** All bytes, written or not. */
  readonly size: number;
  /** About as many bytes are not in the file yet; 0 when all are. */
  readonly pendingBytes: number;
  append(bytes: Uint8Array): void;
  /** Appends `length` bytes for the caller to write into `view`, from the returned place on: for small records. */
  reserve(length: number): number;
  /** To be asked for after each `reserve`. */
  readonly view: DataView;
  /** Changes bytes that were appended before. For the rare correction. */
  overwrite(at: number, bytes: Uint8Array): void;
  /** Marks all that is pending to be written by `writeTaken`; what is appended later waits for the next turn. */
  take(): void;
  /** Writes what was taken. After a failure nothing is lost from memory, and the next call tries the same bytes again. */
  writeTaken(): Promise<void>;
  /** Flushes the file's data to the storage device if anything was written since the last time. */
  sync(): Promise<void>;
  /** A copy of the range, clamped to what there is. */
  read(from: number, to: number): Promise<Buffer<ArrayBuffer>>;
}

/** Bytes of the file from `start` on. */
interface Stretch {
  readonly start: number;
  length: number;
  bytes: Buffer<ArrayBuffer>;
}

/**
 * `size` is how much of the file counts; what is appended follows there. Without a handle, `size` is 0 and everything stays in
 * memory. The handle stays its opener's to close.
 */
export function createAppendFile(handle: FileHandle | null, size: number): AppendFile {
  let taken: Stretch | null = null;
  let current: Stretch = stretchAt(size, null);
  /** On the bytes of `current`. */
  let view = new DataView(current.bytes.buffer);
  let spare: Buffer<ArrayBuffer> | null = null;
  /** Corrections of bytes before `current`, by place. */
  let takenPatches = new Map<number, Uint8Array>();
  let patches = new Map<number, Uint8Array>();
  let unsynced = false;

  function stretchAt(start: number, buffer: Buffer<ArrayBuffer> | null): Stretch {
    return { start, length: 0, bytes: buffer ?? Buffer.allocUnsafeSlow(FIRST_BUFFER_BYTES) };
  }

  function makeRoom(more: number): void {
    const needed = current.length + more;
    if (needed <= current.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, current.bytes.length * 2));
    current.bytes.copy(larger, 0, 0, current.length);
    current.bytes = larger;
    view = new DataView(larger.buffer);
  }

  /** Copies what of `bytes`, which stand at `start`, lies in the range that `target` holds from `from` on. */
  function lay(bytes: Uint8Array, start: number, target: Buffer, from: number): void {
    const first = Math.max(from, start);
    const last = Math.min(from + target.length, start + bytes.length);
    if (first < last) target.set(bytes.subarray(first - start, last - start), first - from);
  }

  return {
    get size() {
      return current.start + current.length;
    },
    get pendingBytes() {
      return (taken?.length ?? 0) + current.length + takenPatches.size + patches.size;
    },
    append(bytes) {
      makeRoom(bytes.length);
      current.bytes.set(bytes, current.length);
      current.length += bytes.length;
    },
    reserve(length) {
      makeRoom(length);
      current.length += length;
      return current.length - length;
    },
    get view() {
      return view;
    },
    overwrite(at, bytes) {
      if (at >= current.start) current.bytes.set(bytes, at - current.start);
      else patches.set(at, bytes.slice());
    },
    take() {
      if (!taken && current.length > 0) {
        taken = current;
        current = stretchAt(taken.start + taken.length, spare);
        view = new DataView(current.bytes.buffer);
        spare = null;
      }
      if (takenPatches.size === 0) [takenPatches, patches] = [patches, takenPatches];
    },
    async writeTaken() {
      invariant(handle, 'a file that is written is open');
      if (taken) {
        await writeAll(handle, taken.bytes.subarray(0, taken.length), taken.start);
        if (taken.bytes.length <= KEEP_BUFFER_BYTES) spare = taken.bytes;
        taken = null;
        unsynced = true;
      }
      for (const [at, bytes] of takenPatches) {
        await writeAll(handle, bytes, at);
        takenPatches.delete(at);
        unsynced = true;
      }
    },
    async sync() {
      if (!unsynced) return;
      unsynced = false;
      await handle?.datasync();
    },
    async read(from, to) {
      const first = Math.max(0, from);
      const target = Buffer.allocUnsafeSlow(
        Math.max(0, Math.min(to, current.start + current.length) - first),
      );
      const inFile = Math.max(0, Math.min(first + target.length, taken?.start ?? current.start) - first);
      // What is in memory is copied before anything is awaited: it may be written, and its buffer used again, meanwhile.
      if (taken) lay(taken.bytes.subarray(0, taken.length), taken.start, target, first);
      lay(current.bytes.subarray(0, current.length), current.start, target, first);
      const corrections = [...takenPatches, ...patches];
      if (inFile > 0 && handle) await readAll(handle, target.subarray(0, inFile), first);
      for (const [at, bytes] of corrections) lay(bytes, at, target, first);
      return target;
    },
  };
}
