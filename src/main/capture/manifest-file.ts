/** Reading and writing `manifest.json`. It is replaced whole, so there is always a complete one. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeManifest, encodeManifest, FILE_NAMES, type Manifest } from './format.ts';

/** Throws when there is none, when it is damaged, or when it is of a newer format. */
export async function readManifest(folder: string): Promise<Manifest> {
  return decodeManifest(await readFile(join(folder, FILE_NAMES.manifest), 'utf8'));
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, FILE_NAMES.manifest);
  const temporary = `${path}.new`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(encodeManifest(manifest));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
