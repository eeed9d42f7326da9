/**
 * A file that appears whole or not at all: it is written beside its place under another name and renamed when it is complete.
 * Errors say what happened to the file and what to do.
 */
import { open, rename, rm } from 'node:fs/promises';
import { storageError } from '../capture/file-access.ts';

export interface PartFile {
  /** Bytes written so far. */
  readonly bytes: number;
  write(chunk: string | Uint8Array): Promise<void>;
  /** Makes it the file; nothing can be written after this. */
  complete(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

/** Small pieces are gathered to this many bytes, because a call into the file system costs more than the copy. */
const WRITE_BYTES = 256 * 1024;

/** Begins the file `path`; `mark` makes the name of its part unique. Replaces an older file only when it is complete. */
export async function openPartFile(path: string, mark: string): Promise<PartFile> {
  const partPath = `${path}.${mark}.part`;
  const because = (cause: unknown): Error => storageError('The file could not be written', path, cause);
  const file = await open(partPath, 'w').catch((cause: unknown) => Promise.reject(because(cause)));
  const encoder = new TextEncoder();
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let bytes = 0;

  async function flush(): Promise<void> {
    const pieces = gathered;
    gathered = [];
    gatheredBytes = 0;
    if (pieces.length > 0)
      await file.writeFile(pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces));
  }

  async function attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (cause) {
      throw because(cause);
    }
  }

  return {
    get bytes() {
      return bytes;
    },
    async write(chunk) {
      const piece = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
      bytes += piece.length;
      gatheredBytes += piece.length;
      // Bytes from a log may lie in a buffer that its next read reuses.
      gathered.push(typeof chunk === 'string' ? piece : piece.slice());
      if (gatheredBytes >= WRITE_BYTES) await attempt(flush);
    },
    complete: () =>
      attempt(async () => {
        await flush();
        await file.sync();
        await file.close();
        await rename(partPath, path);
      }),
    async discard() {
      gathered = [];
      await file.close().catch(() => undefined); // It is going to be removed: whether it closed well does not matter.
      await rm(partPath, { force: true });
    },
  };
}
