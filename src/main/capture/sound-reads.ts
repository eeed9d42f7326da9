/**
 * The socket reads that can be believed. They begin one after another within the bytes that there are, and time goes on; a crash
 * leaves a torn end, which is cut. Where reads are missing or cannot be, their bytes count as reads that came with the one
 * before, in pieces, so that nobody has to read them all at once.
 */
import { longestRising } from '../../shared/base/longest-rising.ts';
import type { AppendFile } from './append-file.ts';
import { wireOf, type PlacedStep } from './reindex.ts';
import { READ_BYTES } from './reads-file.ts';

/** No read of a socket is as large as that. */
const LONGEST_READ_BYTES = 4 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
const BLOCK_READS = 4096;

export interface SoundReads {
  /** Bytes of the file up to the last whole read. */
  readonly size: number;
  /** Where the last of them begins. */
  readonly lastOffset: number;
  /** What the file should hold instead; null when it is right as it is, up to `size`. */
  readonly mended: Buffer | null;
}

/** `steps` stand between reads, in order: none of them is in the middle of one. */
export async function findSoundReads(
  reads: AppendFile,
  wireBytes: number,
  steps: readonly PlacedStep[],
): Promise<SoundReads> {
  const { size, lastOffset } = await wholePart(reads, wireBytes);
  return (await isSound(reads, size, wireBytes, steps))
    ? { size, lastOffset, mended: null }
    : { size, lastOffset, mended: mend(await reads.read(0, size), wireBytes, steps) };
}

/** Reads begin one after the other, each within the bytes that there are. A power loss may leave zeros at the end. */
async function wholePart(
  reads: AppendFile,
  wireBytes: number,
): Promise<Pick<SoundReads, 'size' | 'lastOffset'>> {
  for (let count = Math.floor(reads.size / READ_BYTES); count > 0; count -= 1) {
    const from = Math.max(0, count - 2);
    const bytes = await reads.read(from * READ_BYTES, count * READ_BYTES);
    const offset = bytes.readDoubleLE(bytes.length - READ_BYTES);
    const before = count > 1 ? bytes.readDoubleLE(0) : -1;
    if (offset > before && offset < wireBytes) return { size: count * READ_BYTES, lastOffset: offset };
  }
  return { size: 0, lastOffset: 0 };
}

async function isSound(
  reads: AppendFile,
  size: number,
  wireBytes: number,
  steps: readonly PlacedStep[],
): Promise<boolean> {
  let offset = -1;
  let atMs = 0;
  let step = 0;
  const stepWire = (): number => (step < steps.length ? wireOf(steps[step] as PlacedStep) : Infinity);
  for (let from = 0; from < size; from += BLOCK_READS * READ_BYTES) {
    const bytes = await reads.read(from, Math.min(size, from + BLOCK_READS * READ_BYTES));
    for (let at = 0; at < bytes.length; at += READ_BYTES) {
      const next = bytes.readDoubleLE(at);
      const nextMs = bytes.readDoubleLE(at + 8);
      const isNext = offset < 0 ? next === 0 : next > offset && next - offset <= LONGEST_READ_BYTES;
      if (!isNext || !Number.isInteger(next) || !(nextMs >= atMs && nextMs < Infinity)) return false;
      if (stepWire() < next) return false;
      while (stepWire() === next) step += 1;
      offset = next;
      atMs = nextMs;
    }
  }
  return stepWire() >= wireBytes && wireBytes - Math.max(0, offset) <= (offset < 0 ? 0 : LONGEST_READ_BYTES);
}

function mend(bytes: Buffer, wireBytes: number, steps: readonly PlacedStep[]): Buffer {
  const count = bytes.length / READ_BYTES;
  const offsets = Float64Array.from({ length: count }, (_, at) => {
    const offset = bytes.readDoubleLE(at * READ_BYTES);
    return Number.isInteger(offset) && offset >= 0 && offset < wireBytes ? offset : NaN;
  });
  const kept = longestRising(offsets, true);
  const times = kept.map((at) => {
    const atMs = bytes.readDoubleLE(at * READ_BYTES + 8);
    return atMs >= 0 ? atMs : NaN;
  });
  const inTime = new Set(longestRising(times, false));
  const list = createReadList();
  let step = 0;
  const addStepsBefore = (offset: number): void => {
    for (let next = steps[step]; next && wireOf(next) < offset; next = steps[(step += 1)])
      list.add(wireOf(next), 'line' in next ? next.line.atMs : 0);
  };
  kept.forEach((place, index) => {
    addStepsBefore(offsets[place] ?? 0);
    list.add(offsets[place] ?? 0, inTime.has(index) ? (times[index] ?? 0) : 0);
  });
  addStepsBefore(wireBytes);
  return list.bytes(wireBytes);
}

/** Collects reads with rising offsets, and fills what is between them. */
function createReadList() {
  const numbers: number[] = [];
  let last = -1;
  let lastMs = 0;

  function push(offset: number, atMs: number): void {
    numbers.push(offset, atMs);
    last = offset;
    lastMs = atMs;
  }
  function fillTo(offset: number): void {
    if (last < 0 && offset > 0) push(0, lastMs);
    while (offset - last > LONGEST_READ_BYTES) push(last + PIECE_BYTES, lastMs);
  }

  return {
    /** Time does not go back. */
    add(offset: number, atMs: number): void {
      fillTo(offset);
      if (offset > last) push(offset, Math.max(lastMs, atMs));
    },
    bytes(wireBytes: number): Buffer {
      fillTo(wireBytes);
      const bytes = Buffer.alloc(numbers.length * 8);
      numbers.forEach((number, at) => bytes.writeDoubleLE(number, at * 8));
      return bytes;
    },
  };
}
