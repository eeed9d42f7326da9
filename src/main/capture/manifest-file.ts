/** Reading and writing `manifest.json`. It is replaced whole, so there is always a complete one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/whole-file.ts';
import { decodeManifest, encodeManifest, FILE_NAMES, OtherFormat, type Manifest } from './format.ts';
import { manifestFromFiles } from './lost-manifest.ts';

/** Throws when there is none, when it is damaged, or when it is of a newer format. */
export async function readManifest(folder: string): Promise<Manifest> {
  return decodeManifest(await readFile(join(folder, FILE_NAMES.manifest), 'utf8'));
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeWhole(join(folder, FILE_NAMES.manifest), encodeManifest(manifest));
}

/** That of a session whose own is damaged reads as if its writer had died. */
export async function readOrMakeManifest(folder: string): Promise<Manifest> {
  try {
    return await readManifest(folder);
  } catch (error) {
    const found = error instanceof OtherFormat ? null : await manifestFromFiles(folder);
    if (!found) throw error;
    return { ...found, outcome: 'live' };
  }
}

/** So that the next opening looks closely. Where it cannot be written, the opening after the next start does. */
export async function markDamaged(folder: string): Promise<void> {
  try {
    const manifest = await readManifest(folder);
    await writeManifest(folder, { ...manifest, sizes: { wire: -1, reads: -1, index: -1, journal: -1 } });
  } catch {
    // The disk refuses, or the session is gone: it stays as it is.
  }
}
