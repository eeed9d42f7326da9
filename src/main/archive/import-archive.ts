/**
 * A `.streamscope` file as a session of the store. Everything happens in a workshop beside the sessions, which becomes a session by
 * one rename; a crash on the way leaves nothing that looks like one.
 */
import { readFile, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodedError } from '../../shared/ipc/envelope.ts';
import { decodeAnnotations } from '../../shared/session/annotations.ts';
import type { ByteText } from '../../shared/sse/byte-text.ts';
import { errorCode, storageError } from '../capture/file-access.ts';
import { FILE_NAMES } from '../capture/format.ts';
import { readManifest, writeManifest } from '../capture/manifest-file.ts';
import { refused } from './archive-format.ts';
import { checkFolder } from './check-folder.ts';
import { unpackArchive } from './read-archive.ts';

export interface ImportArchiveDeps {
  /** Makes a folder, has it filled, and makes it a session; takes it away when that fails. Returns the session. */
  readonly takeIn: (fill: (folder: string) => Promise<void>) => Promise<string>;
  readonly byteText: ByteText;
  /** Bytes that can be written where the folder is. Default: asks the file system. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface ImportArchiveOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

export interface Imported {
  readonly sessionId: string;
  /** What was repaired or left out, as sentences; empty when all was well. */
  readonly report: readonly string[];
}

/** Throws `CodedError` with the reason when the file is refused, and leaves nothing behind then. */
export async function importArchive(
  path: string,
  deps: ImportArchiveDeps,
  options: ImportArchiveOptions = {},
): Promise<Imported> {
  const report: string[] = [];
  try {
    const sessionId = await deps.takeIn(async (folder) => {
      const freeBytes = await (deps.freeBytes ?? freeBytesOf)(folder);
      const { signal, onProgress } = options;
      report.push(...(await unpackArchive({ path, folder, freeBytes, signal, onProgress })));
      report.push(...(await makeWhole(folder, basename(path), deps.byteText)));
      signal?.throwIfAborted();
    });
    return { sessionId, report };
  } catch (error) {
    if (options.signal?.aborted) throw new CodedError('cancelled', 'Opening the file was cancelled.');
    if (error instanceof CodedError) throw error;
    if (errorCode(error) === '') throw refused(error instanceof Error ? error.message : String(error));
    throw new CodedError('storage', storageError('The file was not opened', path, error).message);
  }
}

async function makeWhole(folder: string, fileName: string, byteText: ByteText): Promise<readonly string[]> {
  const report = [...(await checkFolder(folder, byteText)), ...(await checkAnnotations(folder))];
  const manifest = await readManifest(folder);
  // A session that came from a tap still did.
  const origin = manifest.origin ?? { kind: 'import' as const, name: fileName };
  await writeManifest(folder, { ...manifest, origin });
  return report;
}

async function checkAnnotations(folder: string): Promise<readonly string[]> {
  try {
    decodeAnnotations(await readFile(join(folder, FILE_NAMES.annotations), 'utf8'));
    return [];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    // The file stays for whoever can mend it; the window says the same when the session is shown.
    return [`${error instanceof Error ? error.message : String(error)}.`];
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
