/**
 * Takes a session folder from elsewhere into a store: copies its files, opens the copy, which repairs it where that is needed,
 * and only then gives it its place. The original is never written to.
 */
import { constants, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodedError } from '../../shared/ipc/envelope.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { errorCode, storageError } from './file-access.ts';
import { FILE_NAMES } from './format.ts';
import { openFolder } from './open-folder.ts';
import { isLocked } from './writer-lock.ts';

const { wire, reads, index, journal, annotations, faults, manifest } = FILE_NAMES;
const COPIED = [wire, reads, index, journal, annotations, faults, manifest];

export interface AdoptOptions {
  /** The folder that comes. */
  readonly folder: string;
  /** Where it becomes a session; on the same file system as `workshop`. */
  readonly target: string;
  /** Where the copy is made; nothing is left there. */
  readonly workshop: string;
  readonly byteText: ByteText;
}

/** Throws `CodedError` when the folder is no session, is still being written, or cannot be copied. */
export async function adoptFolder({ folder, target, workshop, byteText }: AdoptOptions): Promise<void> {
  if (!(await isFile(join(folder, manifest)))) {
    throw new CodedError(
      'not-found',
      `"${basename(folder)}" is no session folder: it has no ${manifest}. Choose the folder itself, not a file in it.`,
    );
  }
  if (await isLocked(folder)) {
    throw new CodedError('busy', 'This session is still being recorded. Open it when the recording is over.');
  }
  try {
    await mkdir(workshop, { recursive: true });
    for (const name of COPIED) await copyIfThere(join(folder, name), join(workshop, name));
    const opened = await openFolder(workshop, { byteText });
    await opened.close();
    await rename(workshop, target);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    throw error instanceof CodedError
      ? error
      : storageError('The session could not be opened', folder, error);
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** A file that is missing is for the repair to make anew. On file systems that can, the copy shares the original's blocks. */
async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
