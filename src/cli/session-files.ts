/** `.streamscope` files on the command line: known by their name, and unpacked to be read. */
import { mkdir, statfs } from 'node:fs/promises';
import { unpackArchive, type UnpackReport } from '../main/archive/read-archive.ts';

export function isSessionFile(path: string): boolean {
  return /\.streamscope$/i.test(path);
}

/** Makes `folder` and unpacks the file there. Rejects with the reason when it is refused. */
export async function unpackSession(path: string, folder: string): Promise<UnpackReport> {
  await mkdir(folder);
  const { bavail, bsize } = await statfs(folder);
  return unpackArchive({ path, folder, freeBytes: bavail * bsize });
}
