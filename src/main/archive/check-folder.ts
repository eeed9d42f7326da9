/**
 * Makes a folder that came from outside a session to be trusted: its index is built anew from its bytes, whatever index came along.
 * Where the one that came is the same, the folder stays as it was; else the rebuilt one counts and the log says so.
 */
import { rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_BYTES } from '../../shared/session/index-record.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { errorCode } from '../capture/file-access.ts';
import { FILE_NAMES, type Manifest } from '../capture/format.ts';
import { readManifest, writeManifest } from '../capture/manifest-file.ts';
import { openFolder } from '../capture/open-folder.ts';
import { sameBytes } from './same-bytes.ts';

/** Returns what had to be repaired, as sentences. `byteText` reads what the frames say. */
export async function checkFolder(folder: string, byteText: ByteText): Promise<readonly string[]> {
  const { journal, reads, index } = FILE_NAMES;
  const path = (name: string): string => join(folder, name);
  const came = path('came.idx');
  const manifest = await readManifest(folder);
  const wasClosed = manifest.sizes !== null;
  const before = { journal: await sizeOf(path(journal)), reads: await sizeOf(path(reads)) };
  const cameBytes = await sizeOf(path(index));
  if (cameBytes > 0) await rename(path(index), came);

  // Sizes that fit no file make the opening build everything again.
  const distrusted = { wire: -1, reads: -1, index: -1, journal: -1 };
  await writeManifest(folder, { ...manifest, sizes: wasClosed ? distrusted : null });
  const opened = await openFolder(folder, { byteText });
  const found = opened.manifest;
  await opened.close();

  const same =
    wasClosed &&
    found.sizes !== null &&
    cameBytes > 0 &&
    found.sizes.index === cameBytes + RECORD_BYTES &&
    found.sizes.reads === before.reads &&
    found.sizes.journal > before.journal &&
    (await sameBytes(path(index), came, cameBytes));
  await rm(came, { force: true });
  if (!same) return [wasClosed ? REBUILT : TORN];

  // The one entry more is the note that the index was built again, which has nothing to say here.
  await truncate(path(index), cameBytes);
  await truncate(path(journal), before.journal);
  await writeManifest(folder, asItCame(manifest, found, { ...found.sizes, index: cameBytes, ...before }));
  return [];
}

const REBUILT = 'Its index was missing or did not fit its bytes. It was built again from them.';
const TORN = 'It was not complete when it was exported. Everything that it holds is here.';

/** Counts are those that were found: what a file says of itself is not taken on trust. */
function asItCame(manifest: Manifest, found: Manifest, sizes: NonNullable<Manifest['sizes']>): Manifest {
  const counts = { ...found.counts, entries: found.counts.entries - 1 };
  return { ...manifest, counts, durationMs: found.durationMs, sizes };
}

/** 0 for a file that is missing. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
