/** Compares files block by block. */
import { open } from 'node:fs/promises';

const BLOCK_BYTES = 1024 * 1024;

/** Whether the first `length` bytes of both files are the same; false when one of them is shorter. */
export async function sameBytes(one: string, other: string, length: number): Promise<boolean> {
  const files = [await open(one, 'r')];
  try {
    files.push(await open(other, 'r'));
    const blocks = files.map(() => Buffer.alloc(BLOCK_BYTES));
    for (let at = 0; at < length; at += BLOCK_BYTES) {
      const want = Math.min(BLOCK_BYTES, length - at);
      for (const [number, file] of files.entries()) {
        const { bytesRead } = await file.read(blocks[number] as Buffer, 0, want, at);
        if (bytesRead < want) return false;
      }
      if (blocks[0]?.compare(blocks[1] as Buffer, 0, want, 0, want) !== 0) return false;
    }
    return true;
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}
