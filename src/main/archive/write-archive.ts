/**
 * A session's folder as the bytes of a `.streamscope` file. Streams: nothing but a few blocks is in memory, whatever the session's
 * size. Files are taken at the size they have when it begins, so a session that is recorded goes in as far as it has come.
 */
import { createReadStream, type ReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { errorCode } from '../capture/file-access.ts';
import { encodeHeader, HEADER_NAME, SESSION_FILES } from './archive-format.ts';
import { MAX_RATIO } from './entry-policy.ts';

export interface WriteArchiveOptions {
  readonly folder: string;
  /** The version of the app. */
  readonly app: string;
  /** Called with the bytes of the session that are read, and how many there are. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

interface Part {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

const SAMPLE_BYTES = 1024 * 1024;
const OWNER_ONLY = 0o100600;

export async function* writeArchive(options: WriteArchiveOptions): AsyncGenerator<Uint8Array, void> {
  const { folder, app, onProgress } = options;
  const parts = await partsOf(folder);
  const totalBytes = parts.reduce((sum, { size }) => sum + size, 0);
  let doneBytes = 0;
  let reading: ReadStream | null = null;

  const zip = new ZipFile();
  // Its type is that of any readable stream; it is one of Node's own.
  const output = zip.outputStream as Readable;
  const fail = (error: Error): void => void output.destroy(error);
  zip.on('error', fail);
  const entry = { mtime: new Date(), mode: OWNER_ONLY };

  zip.addBuffer(Buffer.from(encodeHeader(app)), HEADER_NAME, entry);
  for (const { name, path, size } of parts) {
    const compress = !(await isOverdone(path, size));
    zip.addReadStreamLazy(name, { ...entry, size, compress }, (give) => {
      if (size === 0) return give(null, Readable.from([]));
      reading = createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 });
      reading.on('error', fail);
      reading.on('data', (chunk) => {
        doneBytes += chunk.length;
        onProgress?.(doneBytes, totalBytes);
      });
      give(null, reading);
    });
  }
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Uint8Array;
  } finally {
    output.destroy();
    // Assigned in a callback, which the compiler does not follow.
    (reading as ReadStream | null)?.destroy();
  }
}

/** What describes is looked at last, so that it is never older than what it describes: the repair of a copy needs that. */
async function partsOf(folder: string): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const name of [...SESSION_FILES].reverse()) {
    const path = join(folder, name);
    const size = await sizeOf(path);
    if (size !== null) parts.unshift({ name, path, size });
  }
  return parts;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether it packs so well that the reader would take it for a bomb; then it is stored as it is. */
async function isOverdone(path: string, size: number): Promise<boolean> {
  if (size < SAMPLE_BYTES) return false;
  const file = await open(path, 'r');
  try {
    const sample = Buffer.alloc(SAMPLE_BYTES);
    await file.read(sample, 0, SAMPLE_BYTES, Math.floor((size - SAMPLE_BYTES) / 2));
    return SAMPLE_BYTES / deflateRawSync(sample).length > MAX_RATIO / 2;
  } finally {
    await file.close();
  }
}
