/**
 * Checksums of a session's files as they were when it was closed, so that an opening can tell whether they still are that. SHA-256
 * over the SHA-256 of each MiB: the work is done beside the event loop, a block at a time.
 */
import { createHash, webcrypto } from 'node:crypto';
import type { AppendFile } from './append-file.ts';
import type { Seal } from './format.ts';
import type { LogFiles } from './stored-log.ts';

const BLOCK_BYTES = 1024 * 1024;
/** Sessions up to this size are looked at whole before they are shown; of larger ones the body bytes are not. */
export const SMALL_BYTES = 32 * 1024 * 1024;

/** All parts are in their files. */
export async function sealOf(files: LogFiles): Promise<Seal> {
  return {
    wire: isSmall(files) ? await checksum(files.wire) : null,
    reads: await checksum(files.reads),
    index: await checksum(files.index),
    journal: await checksum(files.journal),
  };
}

/** Whether every file that the seal speaks of is what it was. Stops at the first that is not. */
export async function isSealed(
  files: LogFiles,
  seal: Seal,
  isOver: () => boolean = () => false,
): Promise<boolean> {
  for (const part of ['journal', 'index', 'reads', 'wire'] as const) {
    if (isOver()) return true;
    if (seal[part] !== null && (await checksum(files[part], isOver)) !== seal[part]) return isOver();
  }
  return true;
}

export function isSmall({ wire, reads, index, journal }: LogFiles): boolean {
  return wire.size + reads.size + index.size + journal.size <= SMALL_BYTES;
}

async function checksum(file: AppendFile, isOver: () => boolean = () => false): Promise<string> {
  const whole = createHash('sha256');
  for (let at = 0; at < file.size && !isOver(); at += BLOCK_BYTES) {
    const block = await file.read(at, at + BLOCK_BYTES);
    whole.update(new Uint8Array(await webcrypto.subtle.digest('SHA-256', block)));
  }
  return whole.digest('hex');
}
