/** Reading and writing of whole ranges, and errors of the file system in words for people. */
import type { FileHandle } from 'node:fs/promises';

/** Writes all of `bytes` at `position`. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Fills `target` from the file. Throws when the file ends first. */
export async function readAll(handle: FileHandle, target: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < target.length;) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) throw new Error('A file of this session is shorter than it was when it was opened');
    done += bytesRead;
  }
}

/** The code of a file system error, such as "ENOENT"; "" for other errors. */
export function errorCode(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' ? code : '';
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space, then start a new session.',
  EDQUOT: 'Your disk quota is used up. Free some space, then start a new session.',
  EACCES: 'Streamscope may not write there. Check the permissions of the folder.',
  EPERM: 'Streamscope may not write there. Check the permissions of the folder.',
  EROFS: 'The disk is read-only.',
  EIO: 'The disk reported an error. Check it before you go on recording there.',
  EMFILE: 'Too many files are open. Close some sessions.',
  ENFILE: 'Too many files are open on this computer. Close some programs.',
  EFBIG: 'The file system allows no larger file.',
  ENOENT: 'The folder is gone. It was moved or deleted while Streamscope used it.',
};

/** An error about `what` ("The session could not be stored") that says why and what to do. Keeps the cause and its code. */
export function storageError(what: string, path: string, cause: unknown): Error {
  const code = errorCode(cause);
  const reason = CAUSES[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return Object.assign(new Error(`${what} (${path}). ${reason}`, { cause }), { code });
}
