/**
 * A file that only grows, with its newest bytes in memory until they are written. Appending is a copy into a buffer; writing
 * happens in two steps, so that several files can be caught at the same instant and then written in an order. Reading sees
 * everything appended, wherever it is. What the bytes mean, and when to write, is file-log's business.
 */
import type { FileHandle } from 'node:fs/promises';
import { invariant } from '../../shared/base/assert.ts';
import { createBlockStretch, createSpareBlocks, layOver, type BlockStretch } from './block-stretch.ts';
import { readAll, writeAll } from './file-access.ts';

/** Blocks that are kept for the next bytes of a flood: about what may wait to be written. */
const MAX_SPARE_BLOCKS = 16;
/** A turn that writes less than this is no flood: no block is kept for the next. */
const QUIET_BYTES = 16 * 1024;

export interface AppendFile {
  /** All bytes, written or not. */
  readonly size: number;
  /** About as many bytes are not in the file yet; 0 when all are. */
  readonly pendingBytes: number;
  /** As many bytes from the start are in the file as they are here: written, and not corrected since. */
  readonly storedBytes: number;
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

/**
 * `size` is how much of the file counts; what is appended follows there. Without a handle, `size` is 0 and everything stays in
 * memory. The handle stays its opener's to close.
 */
export function createAppendFile(handle: FileHandle | null, size: number): AppendFile {
  const spare = createSpareBlocks(MAX_SPARE_BLOCKS);
  let taken: BlockStretch | null = null;
  let current = createBlockStretch(size, spare);
  /** Corrections of bytes before `current`, by place. */
  let takenPatches = new Map<number, Uint8Array>();
  let patches = new Map<number, Uint8Array>();
  let unsynced = false;

  return {
    get size() {
      return current.start + current.length;
    },
    get pendingBytes() {
      return (taken?.length ?? 0) + current.length + takenPatches.size + patches.size;
    },
    get storedBytes() {
      return Math.min(taken?.start ?? current.start, ...takenPatches.keys(), ...patches.keys());
    },
    append: (bytes) => current.append(bytes),
    reserve: (length) => current.reserve(length),
    get view() {
      return current.last.view;
    },
    overwrite(at, bytes) {
      if (at >= current.start) current.overwrite(at, bytes);
      else patches.set(at, bytes.slice());
    },
    take() {
      if (!taken && current.length > 0) {
        taken = current;
        current = createBlockStretch(taken.start + taken.length, spare);
      }
      if (takenPatches.size === 0) [takenPatches, patches] = [patches, takenPatches];
    },
    async writeTaken() {
      invariant(handle, 'a file that is written is open');
      if (taken) {
        let at = taken.start;
        for (const { bytes, length } of taken.blocks) {
          await writeAll(handle, bytes.subarray(0, length), at);
          at += length;
        }
        if (taken.length < QUIET_BYTES) spare.drop();
        else spare.give(taken.blocks);
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
      // What is in memory is copied before anything is awaited: it may be written, and its blocks filled again, meanwhile.
      taken?.lay(target, first);
      current.lay(target, first);
      const corrections = [...takenPatches, ...patches];
      if (inFile > 0 && handle) await readAll(handle, target.subarray(0, inFile), first);
      for (const [at, bytes] of corrections) layOver(bytes, at, target, first);
      return target;
    },
  };
}
