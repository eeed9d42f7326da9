/** What stands for a session on the command line besides bytes: its folder, and the `.streamscope` file that holds one. */
import { mkdir, stat, statfs } from 'node:fs/promises';
import { unpackArchive, type UnpackReport } from '../main/archive/read-archive.ts';

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

export function isSessionFile(path: string): boolean {
  return /\.streamscope$/i.test(path);
}

/** Makes `folder` and unpacks the file there. Rejects with the reason when it is refused. */
export async function unpackSession(path: string, folder: string): Promise<UnpackReport> {
  await mkdir(folder);
  const { bavail, bsize } = await statfs(folder);
  return unpackArchive({ path, folder, freeBytes: bavail * bsize });
}
