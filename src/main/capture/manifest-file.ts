/** Reading and writing `manifest.json`. It is replaced whole, so there is always a complete one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/whole-file.ts';
import { decodeManifest, encodeManifest, FILE_NAMES, type Manifest } from './format.ts';

/** Throws when there is none, when it is damaged, or when it is of a newer format. */
export async function readManifest(folder: string): Promise<Manifest> {
  return decodeManifest(await readFile(join(folder, FILE_NAMES.manifest), 'utf8'));
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeWhole(join(folder, FILE_NAMES.manifest), encodeManifest(manifest));
}
